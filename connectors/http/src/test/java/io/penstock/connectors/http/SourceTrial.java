package io.penstock.connectors.http;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.FieldPath;
import io.penstock.api.data.Schema;
import io.penstock.api.format.Block;
import io.penstock.api.format.BlockCheck;
import io.penstock.api.format.Format;
import io.penstock.api.format.FormatConfig;
import io.penstock.api.network.Retry;
import io.penstock.api.option.DataSize;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.source.Bound;
import io.penstock.api.source.Out;
import io.penstock.api.source.Position;
import io.penstock.api.source.Reader;
import io.penstock.api.source.ReaderContext;
import io.penstock.api.source.Source;
import io.penstock.api.source.SourceContext;
import io.penstock.api.source.Split;
import io.penstock.api.source.SplitState;
import io.penstock.api.system.Scheduler;
import io.penstock.connectors.standard.json.JsonConfig;
import io.penstock.testkit.ManualClock;
import io.penstock.testkit.MemoryDisk;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** A source that asks, read as the engine reads it, whose waiting only moves a clock. */
final class SourceTrial {
  private static final Schema SCHEMA = Schema.of(Field.of("id", DataType.INT));

  private final String url;
  private final ManualClock clock = new ManualClock(0);
  private final List<String> bodies = new ArrayList<>();
  private final List<Long> positions = new ArrayList<>();
  private final List<String> bad = new ArrayList<>();
  private Optional<HttpRetry> retry = Optional.empty();
  private Duration waited = Duration.ZERO;
  private FormatConfig format = new JsonConfig(JsonConfig.Layout.ARRAY, JsonConfig.Nulls.WRITE);
  private Optional<Duration> every = Optional.empty();
  private Optional<FieldPath> records = Optional.empty();
  private Optional<HttpSourceConfig.Cursor> cursor = Optional.empty();
  private Optional<Pages> pages = Optional.empty();
  private long maxRecord = 1 << 20;
  private Position at = Position.START;

  SourceTrial(String url) {
    this.url = url;
  }

  SourceTrial every(Duration time) {
    every = Optional.of(time);
    return this;
  }

  SourceTrial records(String... path) {
    records = Optional.of(FieldPath.of(path));
    format = new JsonConfig(JsonConfig.Layout.LINES, JsonConfig.Nulls.WRITE);
    return this;
  }

  SourceTrial cursor(String field, String as, String begin) {
    cursor = Optional.of(new HttpSourceConfig.Cursor(FieldPath.of(field), as, Optional.of(begin)));
    return this;
  }

  SourceTrial pages(Pages.By by, String path, String as) {
    pages =
        Optional.of(
            new Pages(
                by,
                path.isEmpty() ? Optional.empty() : Optional.of(FieldPath.of(path)),
                as.isEmpty() ? Optional.empty() : Optional.of(as),
                OptionalInt.empty(),
                5));
    return this;
  }

  SourceTrial giveUpOn(Integer... statuses) {
    retry = Optional.of(new HttpRetry(Retry.USUAL, List.of(statuses)));
    return this;
  }

  /** What was told to be no record. */
  List<String> bad() {
    return bad;
  }

  SourceTrial maxRecord(long bytes) {
    maxRecord = bytes;
    return this;
  }

  private HttpSourceConfig config() {
    return new HttpSourceConfig(
        url,
        Optional.of(format),
        every,
        Map.of("X-Own", "yes"),
        records,
        cursor,
        pages,
        Optional.empty(),
        Optional.empty(),
        retry,
        Duration.ofSeconds(5),
        new DataSize(maxRecord),
        List.of());
  }

  /** Reads on where reading was left, until something was handed on so often or it has ended. */
  Reader.Step read(int blocks) throws IOException {
    int wanted = bodies.size() + blocks;
    return read(() -> bodies.size() >= wanted, Bound.NONE);
  }

  /** Reads until the server was asked so often. */
  Reader.Step rounds(long more) throws IOException {
    long wanted = at.offset() + more;
    return read(() -> at.offset() >= wanted, Bound.NONE);
  }

  /** Reads what a batch reads. */
  Reader.Step batch() throws IOException {
    Source source = config().source();
    source.discover(List.of(new SplitState(HttpSource.ANSWERS, at, false)));
    return read(() -> false, source.end(HttpSource.ANSWERS));
  }

  private Reader.Step read(java.util.function.BooleanSupplier enough, Bound to) throws IOException {
    try (Source source = config().source()) {
      source.open(
          new SourceContext(
              "api",
              new MemoryDisk(),
              new ServerTrial.Folder(Path.of("/data")),
              clock,
              0,
              Set.of("url"),
              InputStream.nullInputStream(),
              scheduler(),
              Schema.anything()));
      try (Reader reader =
          source.reader(
              new ReaderContext(
                  clock,
                  () -> format.format().splitter(1 << 20),
                  () -> new BlockCheck(format.format(), Format.Decoding.of(SCHEMA)),
                  1 << 20))) {
        reader.assign(HttpSource.ANSWERS, at, to);
        Reader.Step step = Reader.Step.MORE;
        while (step != Reader.Step.ENDED && !enough.getAsBoolean()) {
          step = reader.next(out(), new Reader.Limits(4096, 1 << 20), Duration.ofMillis(100));
          at = reader.position(HttpSource.ANSWERS);
        }
        return step;
      }
    }
  }

  private Scheduler scheduler() {
    return new Scheduler() {
      @Override
      public Handle start(String name, Runnable work) {
        throw new IllegalStateException(name);
      }

      @Override
      public void sleep(Duration duration) {
        waited = waited.plus(duration);
        clock.advance(duration);
      }
    };
  }

  /** The records that were handed on. */
  List<String> bodies() {
    return bodies;
  }

  /** Their positions. */
  List<Long> positions() {
    return positions;
  }

  Duration waited() {
    return waited;
  }

  /** Where reading goes on. */
  Position at() {
    return at;
  }

  private Out out() {
    return new Out() {
      @Override
      public void block(Block block) {
        for (int i = 0; i < block.records().orElseThrow().size(); i++) {
          Block one = block.record(i);
          bodies.add(
              new String(one.bytes(), one.from(), one.to() - one.from(), StandardCharsets.UTF_8)
                  .strip());
          positions.add(block.records().get().positions()[i]);
        }
      }

      @Override
      public void rows(io.penstock.api.data.Batch rows) {
        throw new AssertionError(rows);
      }

      @Override
      public void bad(
          Split split,
          long position,
          long line,
          byte[] raw,
          long rawBytes,
          ProblemCode code,
          String message) {
        bad.add(code + "@" + position + " " + message);
      }
    };
  }
}
