package io.penstock.connectors.http;

import io.penstock.api.data.BytesBuilder;
import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.FieldPath;
import io.penstock.api.data.Schema;
import io.penstock.api.lookup.Answers;
import io.penstock.api.lookup.Lookup;
import io.penstock.api.lookup.LookupContext;
import io.penstock.api.lookup.LookupKeys;
import io.penstock.api.network.Retry;
import io.penstock.api.option.DataSize;
import io.penstock.api.option.Patience;
import io.penstock.api.option.Template;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.system.Scheduler;
import io.penstock.connectors.standard.json.JsonConfig;
import io.penstock.testkit.ManualClock;
import io.penstock.testkit.MemoryDisk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/** A lookup by a name, whose waiting only moves a clock. */
final class LookupTrial {
  private final ManualClock clock = new ManualClock(1_767_225_600_000_000L);
  private final List<Duration> waits = new ArrayList<>();
  private final Template url;
  private final Map<String, Template> headers = new LinkedHashMap<>();
  private Optional<FieldPath> records = Optional.empty();
  private HttpRetry retry = HttpRetry.USUAL;
  private DataSize maxRecord = DataSize.mebibytes(16);
  private List<String> hosts = List.of();
  private int inFlight = 16;
  private BooleanSupplier abandoned = () -> false;

  LookupTrial(String... literals) {
    this.url = SinkTrial.named(literals);
  }

  LookupTrial header(String name, Template value) {
    headers.put(name, value);
    return this;
  }

  LookupTrial records(String path) {
    records = Optional.of(new FieldPath(List.of(path.split("\\."))));
    return this;
  }

  LookupTrial giveUp(Duration after, Integer... on) {
    Retry again =
        new Retry(Duration.ofMillis(200), Duration.ofSeconds(30), new Patience(Optional.of(after)));
    retry = new HttpRetry(again, List.of(on));
    return this;
  }

  LookupTrial maxRecord(long bytes) {
    maxRecord = new DataSize(bytes);
    return this;
  }

  LookupTrial hosts(String... names) {
    hosts = List.of(names);
    return this;
  }

  LookupTrial inFlight(int count) {
    inFlight = count;
    return this;
  }

  LookupTrial abandoned(BooleanSupplier when) {
    abandoned = when;
    return this;
  }

  /** What was waited for. */
  List<Duration> waits() {
    return waits;
  }

  HttpLookupConfig config() {
    return new HttpLookupConfig(
        url,
        Optional.of(new JsonConfig(JsonConfig.Layout.LINES, JsonConfig.Nulls.WRITE)),
        headers,
        records,
        Optional.empty(),
        Optional.empty(),
        Optional.of(retry),
        maxRecord,
        hosts);
  }

  /** What was said of each name: a record, {@code nothing}, or a code with its message. */
  List<String> ask(String... names) throws IOException {
    Map<Integer, String> said = new TreeMap<>();
    HttpLookupConfig config = config();
    try (Lookup lookup = config.lookup()) {
      lookup.open(
          new LookupContext(
              "asked",
              Schema.of(Field.of("tier", DataType.INT)),
              new MemoryDisk(),
              new SinkTrial.RootFiles(Path.of("/data")),
              clock,
              scheduler(),
              new LookupContext.Limits(inFlight, Duration.ofSeconds(5)),
              abandoned));
      BytesBuilder texts = new BytesBuilder();
      for (String name : names) {
        texts.add(name);
      }
      io.penstock.api.data.Column column = texts.build();
      int parts = config.key().size();
      lookup.ask(
          new LookupKeys(
              names.length,
              java.util.Collections.nCopies(parts, DataType.STRING),
              java.util.Collections.nCopies(parts, column)),
          noting(said));
    }
    return List.copyOf(said.values());
  }

  private static Answers noting(Map<Integer, String> said) {
    return new Answers() {
      @Override
      public void found(int key, byte[] record) {
        said.put(key, new String(record, StandardCharsets.UTF_8));
      }

      @Override
      public ColumnBuilder column(int index) {
        throw new IllegalStateException("answers are bytes");
      }

      @Override
      public void found(int key) {
        throw new IllegalStateException("answers are bytes");
      }

      @Override
      public void forget() {
        throw new IllegalStateException("answers are bytes");
      }

      @Override
      public void missing(int key) {
        said.put(key, "nothing");
      }

      @Override
      public void failed(int key, ProblemCode code, String message) {
        said.put(key, code + " " + message);
      }
    };
  }

  private Scheduler scheduler() {
    return new Scheduler() {
      @Override
      public Handle start(String name, Runnable work) {
        throw new IllegalStateException(name);
      }

      @Override
      public void sleep(Duration duration) {
        waits.add(duration);
        clock.advance(duration);
      }
    };
  }
}
