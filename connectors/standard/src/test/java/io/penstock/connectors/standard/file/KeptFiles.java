package io.penstock.connectors.standard.file;

import io.penstock.api.data.Batch;
import io.penstock.api.data.BytesBuilder;
import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Provenance;
import io.penstock.api.data.Schema;
import io.penstock.api.format.FormatConfig;
import io.penstock.api.option.ExpressionText;
import io.penstock.api.option.Template;
import io.penstock.api.problem.Origin;
import io.penstock.api.sink.Sink;
import io.penstock.api.sink.SinkContext;
import io.penstock.api.sink.SinkRows;
import io.penstock.api.sink.SinkWriter;
import io.penstock.api.system.Disk;
import io.penstock.api.system.Scheduler;
import io.penstock.connectors.standard.csv.CsvConfig;
import io.penstock.connectors.standard.csv.Header;
import io.penstock.connectors.standard.json.JsonConfig;
import io.penstock.testkit.ManualClock;
import io.penstock.testkit.MemoryDisk;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Sinks of files as a run with kept state opens them. */
final class KeptFiles {
  static final Path ROOT = Path.of("/data");
  private static final Schema SCHEMA = Schema.of(Field.of("k", DataType.STRING));
  static final FormatConfig LINES = new JsonConfig(JsonConfig.Layout.LINES, JsonConfig.Nulls.WRITE);
  static final FormatConfig CSV =
      new CsvConfig(",", Header.TRUE, "\"", Optional.empty(), CsvConfig.QuotedEmpty.EMPTY, false);
  static final Template BY_KEY =
      new Template(
          "out/{k}/",
          List.of(
              new Template.Literal("out/"),
              new Template.Computed(ExpressionText.at("k", Origin.file("p.yaml"))),
              new Template.Literal("/")));

  private KeptFiles() {}

  static void commit(Sink sink, String... keys) throws IOException {
    SinkWriter writer = sink.writer(0);
    writer.write(rows(keys));
    sink.commit(1, 0, writer.prepare(1));
    writer.close();
    sink.close();
  }

  static List<String> all(MemoryDisk disk) {
    return disk.paths().stream()
        .map(path -> ROOT.relativize(path).toString())
        .filter(path -> !path.equals("other.txt") && !path.contains(".kept"))
        .toList();
  }

  static Template path(String path) {
    return new Template(path, List.of(new Template.Literal(path)));
  }

  static FileSinkConfig config(Template path, FormatConfig format, String how) {
    boolean cut = how.equals("part");
    return new FileSinkConfig(
        path,
        Optional.of(format),
        Optional.empty(),
        cut
            ? Optional.of(
                new FileSinkConfig.Parts(OptionalLong.of(2), Optional.empty(), Optional.empty()))
            : Optional.empty(),
        switch (how) {
          case "append" -> Optional.of(FileSinkConfig.IfExists.APPEND);
          case "replace" -> Optional.of(FileSinkConfig.IfExists.REPLACE);
          default -> Optional.empty();
        });
  }

  static Sink open(FileSinkConfig config, Disk disk, String run) throws IOException {
    return open(config, disk, run, true);
  }

  static Sink open(FileSinkConfig config, Disk disk, String run, boolean keepsState)
      throws IOException {
    Sink sink = config.sink();
    sink.open(
        new SinkContext(
            "pipeline",
            "out",
            run,
            SCHEMA,
            config.format().map(FormatConfig::format),
            disk,
            new RootFiles(ROOT),
            new ManualClock(0),
            OutputStream.nullOutputStream(),
            Scheduler.NONE,
            keepsState));
    return sink;
  }

  static SinkRows rows(String... keys) {
    BytesBuilder builder = new BytesBuilder();
    for (String key : keys) {
      builder.add(key);
    }
    Column.Bytes column = builder.build();
    Batch batch = Batch.of(SCHEMA, keys.length, new Column[] {column}, Provenance.none("t"));
    return new SinkRows(batch, Map.of(BY_KEY, List.of(column)));
  }
}
