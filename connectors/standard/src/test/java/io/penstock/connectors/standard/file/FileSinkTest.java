package io.penstock.connectors.standard.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.data.Batch;
import io.penstock.api.data.BytesBuilder;
import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Provenance;
import io.penstock.api.data.Schema;
import io.penstock.api.format.FormatConfig;
import io.penstock.api.option.DataSize;
import io.penstock.api.option.ExpressionText;
import io.penstock.api.option.Template;
import io.penstock.api.problem.Origin;
import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.sink.Rejects;
import io.penstock.api.sink.Sink;
import io.penstock.api.sink.SinkContext;
import io.penstock.api.sink.SinkRows;
import io.penstock.api.sink.SinkWriter;
import io.penstock.api.sink.Staged;
import io.penstock.api.system.Scheduler;
import io.penstock.connectors.standard.compression.Compression;
import io.penstock.connectors.standard.csv.CsvConfig;
import io.penstock.connectors.standard.csv.Header;
import io.penstock.connectors.standard.json.JsonConfig;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSinkTest {
  private static final Schema SCHEMA = Schema.of(Field.of("k", DataType.STRING));
  private static final FormatConfig LINES =
      new JsonConfig(JsonConfig.Layout.LINES, JsonConfig.Nulls.WRITE);
  private static final FormatConfig CSV =
      new CsvConfig(",", Header.TRUE, "\"", Optional.empty(), CsvConfig.QuotedEmpty.EMPTY, false);
  private static final Template PLAIN =
      new Template("out/a.csv", List.of(new Template.Literal("out/a.csv")));
  private static final Template FOLDER =
      new Template("out/", List.of(new Template.Literal("out/")));
  private static final Template BY_KEY =
      new Template(
          "out/{k}.csv",
          List.of(
              new Template.Literal("out/"),
              new Template.Computed(ExpressionText.at("k", Origin.file("p.yaml"))),
              new Template.Literal(".csv")));

  private Path root = Path.of("");
  private FolderDisk disk = new FolderDisk(root);
  private int runs;

  @BeforeEach
  void openDisk(@TempDir Path folder) {
    root = folder;
    disk = new FolderDisk(root);
  }

  @Test
  void showsNothingBeforeTheCommit() throws IOException {
    disk.put("out/a.csv", "old\n");
    Sink sink = open(config(PLAIN, CSV));
    SinkWriter writer = sink.writer(0);
    writer.write(rows("x"));
    List<Staged> staged = writer.prepare(1);

    assertEquals("old\n", disk.text("out/a.csv"));

    sink.commit(1, 0, staged);
    sink.commit(1, 0, staged);
    writer.close();

    assertEquals("k\nx\n", disk.text("out/a.csv"));
    assertEquals(List.of("out/a.csv"), disk.all());
  }

  @Test
  void leavesTheOldFileWhereTheRunIsAborted() throws IOException {
    disk.put("out/a.csv", "old\n");
    Sink sink = open(config(PLAIN, CSV));
    SinkWriter writer = sink.writer(0);
    writer.write(rows("x"));
    sink.abort(1, writer.prepare(1));
    writer.close();
    SinkWriter other = sink.writer(0);
    other.write(rows("y"));
    other.close();

    assertEquals(List.of("out/a.csv"), disk.all());
    assertEquals("old\n", disk.text("out/a.csv"));
  }

  @Test
  void writesAnEmptyFileWithItsHeader() throws IOException {
    run(config(PLAIN, CSV));

    assertEquals("k\n", disk.text("out/a.csv"));
  }

  @Test
  void goesOnBehindTheFormerEpochOfTheRun() throws IOException {
    Sink sink = open(config(PLAIN, CSV));
    SinkWriter writer = sink.writer(0);
    for (int epoch = 1; epoch <= 3; epoch++) {
      writer.write(rows("x" + epoch));
      sink.commit(epoch, epoch - 1, writer.prepare(epoch));
    }
    writer.close();

    assertEquals("k\nx1\nx2\nx3\n", disk.text("out/a.csv"));
  }

  @Test
  void appendsWhereTold() throws IOException {
    disk.put("out/a.csv", "k\nold\n");

    run(
        new FileSinkConfig(
            PLAIN,
            Optional.of(CSV),
            Optional.empty(),
            Optional.empty(),
            Optional.of(FileSinkConfig.IfExists.APPEND)),
        "x");

    assertEquals("k\nold\nx\n", disk.text("out/a.csv"));
  }

  @Test
  void packs() throws IOException {
    Template path = new Template("a.csv.gz", List.of(new Template.Literal("a.csv.gz")));

    run(config(path, CSV), "x");

    byte[] packed = java.nio.file.Files.readAllBytes(root.resolve("a.csv.gz"));
    try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      assertEquals("k\nx\n", new String(gzip.readAllBytes(), StandardCharsets.UTF_8));
    }
    assertEquals("a.csv", config(path, CSV).formatName());
  }

  @Test
  void writesAFileForEachValueAndNeverOutsideItsFolder() throws IOException {
    Rejects rejects = run(config(BY_KEY, CSV), "fr", "../../etc", "fr", "CON", "", "a/b");

    assertEquals(
        List.of(
            "out/%2E.%2F..%2Fetc.csv",
            "out/%43ON.csv", "out/.csv", "out/_manifest.json", "out/a%2Fb.csv", "out/fr.csv"),
        disk.all());
    assertEquals("k\nfr\nfr\n", disk.text("out/fr.csv"));
    assertEquals(List.of(), rejects.rows());
  }

  @Test
  void refusesRowsWhosePathIsTooLong() throws IOException {
    Rejects rejects = run(config(BY_KEY, CSV), "fr", "x".repeat(300));

    assertEquals(1, rejects.rows().get(0).row());
    assertEquals(ProblemCode.D302, rejects.rows().get(0).code());
  }

  @Test
  void keepsThousandsOfFilesWithFewOfThemOpen() throws IOException {
    String[] keys = new String[1000];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = "k" + i % 200;
    }

    run(config(BY_KEY, CSV), keys);

    assertEquals(201, disk.all().size());
    assertEquals("k\nk7\nk7\nk7\nk7\nk7\n", disk.text("out/k7.csv"));
  }

  @Test
  void keepsFewerFilesOpenWhereTheSystemAllowsFewer() throws IOException {
    disk.allow(3);
    String[] keys = new String[60];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = "k" + i % 20;
    }

    assertEquals(List.of(), run(config(BY_KEY, CSV), keys).rows());

    assertTrue(disk.mostOpen() <= 4, () -> disk.mostOpen() + " open");
    assertEquals("k\nk7\nk7\nk7\n", disk.text("out/k7.csv"));
  }

  @Test
  void replacesExactlyWhatAFormerRunHasLeft() throws IOException {
    run(config(BY_KEY, CSV), "a", "b");
    disk.put("out/own.csv", "mine\n");

    run(config(BY_KEY, CSV), "b", "c");

    assertEquals(
        List.of("out/_manifest.json", "out/b.csv", "out/c.csv", "out/own.csv"), disk.all());
  }

  @Test
  void refusesToReplaceAFileOfSomebodyElse() throws IOException {
    disk.put("out/a.csv", "mine\n");

    PipelineException refused =
        assertThrows(PipelineException.class, () -> run(config(BY_KEY, CSV), "a"));

    assertEquals(ProblemCode.R303, refused.problem().code());
    assertEquals("mine\n", disk.text("out/a.csv"));
  }

  @Test
  void refusesAFolderWithFilesOfTheKindThatNoRunHasLeft() throws IOException {
    disk.put("out/a.jsonl", "{}\n");
    disk.put("out/readme.txt", "x");

    PipelineException refused =
        assertThrows(PipelineException.class, () -> run(config(FOLDER, LINES), "a"));

    assertEquals(
        "`out` holds `a.jsonl`, which no former run of this pipeline has left there",
        refused.problem().message());
  }

  @Test
  void cutsPartsByRows() throws IOException {
    FileSinkConfig.Parts parts =
        new FileSinkConfig.Parts(OptionalLong.of(2), Optional.<DataSize>empty(), Optional.empty());
    FileSinkConfig config =
        new FileSinkConfig(
            FOLDER,
            Optional.of(LINES),
            Optional.of(Compression.NONE),
            Optional.of(parts),
            Optional.empty());

    run(config, "a", "b", "c", "d", "e");
    List<String> first = disk.all();
    run(config, "a");

    assertEquals(4, first.size());
    assertTrue(first.contains("out/part-run1-0-0.jsonl"), first.toString());
    assertEquals(List.of("out/_manifest.json", "out/part-run2-0-0.jsonl"), disk.all());
  }

  private static FileSinkConfig config(Template path, FormatConfig format) {
    return new FileSinkConfig(
        path, Optional.of(format), Optional.empty(), Optional.empty(), Optional.empty());
  }

  private Sink open(FileSinkConfig config) throws IOException {
    Sink sink = config.sink();
    sink.open(
        new SinkContext(
            "pipeline",
            "out",
            "run" + ++runs,
            SCHEMA,
            config.format().map(FormatConfig::format),
            disk,
            disk,
            disk,
            OutputStream.nullOutputStream(),
            Scheduler.NONE,
            false));
    return sink;
  }

  private Rejects run(FileSinkConfig config, String... keys) throws IOException {
    List<Rejects.Reject> rejects = new ArrayList<>();
    try (Sink sink = open(config);
        SinkWriter writer = sink.writer(0)) {
      if (keys.length > 0) {
        rejects.addAll(writer.write(rows(keys)).rows());
      }
      sink.commit(1, 0, writer.prepare(1));
    }
    return new Rejects(rejects);
  }

  private static SinkRows rows(String... keys) {
    BytesBuilder builder = new BytesBuilder();
    for (String key : keys) {
      builder.add(key);
    }
    Column.Bytes column = builder.build();
    Batch batch = Batch.of(SCHEMA, keys.length, new Column[] {column}, Provenance.none("t"));
    return new SinkRows(batch, Map.of(BY_KEY, List.of(column)));
  }
}
