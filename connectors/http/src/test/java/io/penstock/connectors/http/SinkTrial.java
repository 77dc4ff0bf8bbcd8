package io.penstock.connectors.http;

import io.penstock.api.data.Batch;
import io.penstock.api.data.BytesBuilder;
import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.FieldPath;
import io.penstock.api.data.LongsBuilder;
import io.penstock.api.data.Provenance;
import io.penstock.api.data.Schema;
import io.penstock.api.format.FormatConfig;
import io.penstock.api.network.Retry;
import io.penstock.api.network.Tls;
import io.penstock.api.option.DataSize;
import io.penstock.api.option.ExpressionText;
import io.penstock.api.option.Patience;
import io.penstock.api.option.Template;
import io.penstock.api.problem.Origin;
import io.penstock.api.sink.Rejects;
import io.penstock.api.sink.Sink;
import io.penstock.api.sink.SinkContext;
import io.penstock.api.sink.SinkRows;
import io.penstock.api.sink.SpoolReader;
import io.penstock.api.system.Scheduler;
import io.penstock.connectors.standard.json.JsonConfig;
import io.penstock.testkit.ManualClock;
import io.penstock.testkit.MemoryDisk;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A sink with rows of a number and a name, whose waiting only moves a clock. */
final class SinkTrial {
  private static final Schema SCHEMA =
      Schema.of(Field.of("id", DataType.INT), Field.of("name", DataType.STRING));

  private final ManualClock clock = new ManualClock(1_767_225_600_000_000L);
  private final List<Duration> waits = new ArrayList<>();
  private Template url;
  private final Map<String, Template> headers = new LinkedHashMap<>();
  private Optional<ClientAuth> auth = Optional.empty();
  private Optional<Tls> tls = Optional.empty();
  private BatchLimits batch = BatchLimits.USUAL;
  private int inFlight = 1;
  private HttpRetry retry = HttpRetry.USUAL;
  private Duration timeout = Duration.ofSeconds(5);
  private HttpSinkConfig.Packing packing = HttpSinkConfig.Packing.NONE;
  private Optional<ItemErrors> items = Optional.empty();
  private List<String> hosts = List.of();
  private FormatConfig format = new JsonConfig(JsonConfig.Layout.LINES, JsonConfig.Nulls.WRITE);
  private MemoryDisk disk = new MemoryDisk();

  SinkTrial(String url) {
    this.url = constant(url);
  }

  static Template constant(String text) {
    return new Template(text, List.of(new Template.Literal(text)));
  }

  /** A template of literals and, in every second place, the name of the row. */
  static Template named(String... literals) {
    List<Template.Part> parts = new ArrayList<>();
    for (int i = 0; i < literals.length; i++) {
      if (i > 0) {
        parts.add(new Template.Computed(ExpressionText.at("name", Origin.file("p.yaml"))));
      }
      if (!literals[i].isEmpty()) {
        parts.add(new Template.Literal(literals[i]));
      }
    }
    return new Template(String.join("{name}", literals), parts);
  }

  SinkTrial url(Template template) {
    url = template;
    return this;
  }

  SinkTrial header(String name, Template value) {
    headers.put(name, value);
    return this;
  }

  SinkTrial auth(ClientAuth given) {
    auth = Optional.of(given);
    return this;
  }

  SinkTrial tls(Tls given, MemoryDisk files) {
    tls = Optional.of(given);
    disk = files;
    return this;
  }

  SinkTrial batch(int rows, long bytes) {
    batch = new BatchLimits(rows, new DataSize(bytes));
    return this;
  }

  SinkTrial inFlight(int count) {
    inFlight = count;
    return this;
  }

  SinkTrial giveUp(Duration after, Integer... on) {
    retry =
        new HttpRetry(
            new Retry(
                Duration.ofMillis(200), Duration.ofSeconds(30), new Patience(Optional.of(after))),
            List.of(on));
    return this;
  }

  SinkTrial timeout(Duration most) {
    timeout = most;
    return this;
  }

  SinkTrial gzip() {
    packing = HttpSinkConfig.Packing.GZIP;
    return this;
  }

  SinkTrial items(String at) {
    items =
        Optional.of(
            new ItemErrors(FieldPath.of(at), FieldPath.of("index"), FieldPath.of("message")));
    return this;
  }

  SinkTrial hosts(String... names) {
    hosts = List.of(names);
    return this;
  }

  SinkTrial format(FormatConfig given) {
    format = given;
    return this;
  }

  HttpSinkConfig config() {
    return new HttpSinkConfig(
        url,
        Optional.of(format),
        "POST",
        headers,
        "Idempotency-Key",
        auth,
        tls,
        Optional.of(batch),
        inFlight,
        Optional.of(retry),
        timeout,
        packing,
        items,
        hosts);
  }

  /** What was waited for. */
  List<Duration> waits() {
    return waits;
  }

  /** How long was waited in all. */
  Duration waited() {
    return waits.stream().reduce(Duration.ZERO, Duration::plus);
  }

  Sink open() throws IOException {
    Sink sink = config().sink();
    sink.open(
        new SinkContext(
            "trial",
            "out",
            "run",
            SCHEMA,
            Optional.of(format.format()),
            disk,
            new RootFiles(Path.of("/data")),
            clock,
            OutputStream.nullOutputStream(),
            scheduler(),
            true));
    return sink;
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

  /** Delivers an epoch of rows with these names, numbered from 0, in batches of some rows. */
  Rejects deliver(long epoch, int rowsOfBatch, String... names) throws IOException {
    try (Sink sink = open()) {
      return sink.deliver(epoch, epoch - 1, spool(rowsOfBatch, names));
    }
  }

  Rejects deliver(String... names) throws IOException {
    return deliver(1, 3, names);
  }

  /** Names from `a0` on. */
  static String[] names(int count) {
    String[] names = new String[count];
    for (int i = 0; i < count; i++) {
      names[i] = "a" + i;
    }
    return names;
  }

  SinkRows rows(int first, List<String> names) {
    LongsBuilder ids = new LongsBuilder();
    BytesBuilder texts = new BytesBuilder();
    for (int i = 0; i < names.size(); i++) {
      ids.add(first + i);
      texts.add(names.get(i));
    }
    Column.Bytes text = texts.build();
    Batch batch =
        Batch.of(SCHEMA, names.size(), new Column[] {ids.build(), text}, Provenance.none("t"));
    Map<Template, List<Column.Bytes>> computed = new LinkedHashMap<>();
    for (Template template : config().templates()) {
      computed.put(template, template.expressions().stream().map(e -> text).toList());
    }
    return new SinkRows(batch, computed);
  }

  SpoolReader spool(int rowsOfBatch, String... names) {
    List<SinkRows> batches = new ArrayList<>();
    for (int i = 0; i < names.length; i += rowsOfBatch) {
      int end = Math.min(names.length, i + rowsOfBatch);
      batches.add(rows(i, List.of(names).subList(i, end)));
    }
    return new SpoolReader() {
      private Iterator<SinkRows> next = batches.iterator();

      @Override
      public long rows() {
        return names.length;
      }

      @Override
      public Optional<SinkRows> next() {
        return next.hasNext() ? Optional.of(next.next()) : Optional.empty();
      }

      @Override
      public void rewind() {
        next = batches.iterator();
      }
    };
  }

  /** Paths below a root. */
  record RootFiles(Path folder) implements io.penstock.api.system.Files {
    @Override
    public Path root() {
      return folder;
    }

    @Override
    public Path resolve(String written) {
      return folder.resolve(written);
    }

    @Override
    public String shown(Path path) {
      return path.toString();
    }
  }
}
