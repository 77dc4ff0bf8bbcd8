package io.penstock.connectors.standard.socket;

import io.penstock.api.data.Batch;
import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import io.penstock.api.format.FormatConfig;
import io.penstock.api.sink.Sink;
import io.penstock.api.sink.SinkConfig;
import io.penstock.api.sink.SinkContext;
import io.penstock.api.sink.SinkRows;
import io.penstock.api.sink.SinkWriter;
import io.penstock.api.system.Scheduler;
import io.penstock.connectors.standard.Read;
import io.penstock.connectors.standard.json.JsonConfig;
import io.penstock.json.Json;
import io.penstock.testkit.ManualClock;
import io.penstock.testkit.MemoryDisk;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A sink whose waits move a clock. */
final class Sending {
  private static final Schema LINE = Schema.of(Field.of("line", DataType.STRING));

  private final MemoryDisk disk;
  private final ManualClock clock = new ManualClock(0);
  private final List<Duration> waits = new ArrayList<>();

  /**
   * A sink's surroundings.
   *
   * @param disk whose root is where paths begin
   */
  Sending(MemoryDisk disk) {
    this.disk = disk;
  }

  /** How long was waited, each time. */
  List<Duration> waits() {
    return List.copyOf(waits);
  }

  SinkWriter writer(SinkConfig config) throws IOException {
    Sink sink = config.sink();
    sink.open(
        new SinkContext(
            "p",
            "out",
            "r",
            LINE,
            config.format().map(FormatConfig::format),
            disk,
            new Listening.Root(Path.of("/")),
            clock,
            OutputStream.nullOutputStream(),
            new Waits(),
            true));
    return sink.writer(0);
  }

  static SinkRows rows(String... lines) {
    StringBuilder json = new StringBuilder();
    for (String line : lines) {
      json.append("{\"line\":").append(Json.ofText(line).toText()).append("}\n");
    }
    FormatConfig format = new JsonConfig(JsonConfig.Layout.LINES, JsonConfig.Nulls.WRITE);
    Batch batch = Read.all(format.format(), LINE, json.toString()).batches().get(0);
    return SinkRows.of(batch);
  }

  /** Waits that move the clock. */
  private final class Waits implements Scheduler {
    @Override
    public Handle start(String name, Runnable work) {
      throw new AssertionError(name);
    }

    @Override
    public void sleep(Duration duration) {
      waits.add(duration);
      clock.advance(duration);
    }
  }
}
