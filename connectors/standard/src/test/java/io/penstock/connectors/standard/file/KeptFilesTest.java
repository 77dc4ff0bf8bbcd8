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
import io.penstock.api.option.ExpressionText;
import io.penstock.api.option.Template;
import io.penstock.api.problem.Origin;
import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.sink.Sink;
import io.penstock.api.sink.SinkContext;
import io.penstock.api.sink.SinkRows;
import io.penstock.api.sink.SinkTraits;
import io.penstock.api.sink.SinkUse;
import io.penstock.api.sink.SinkWriter;
import io.penstock.api.sink.Staged;
import io.penstock.api.system.Disk;
import io.penstock.connectors.standard.compression.ByteInput;
import io.penstock.connectors.standard.compression.Compression;
import io.penstock.connectors.standard.csv.CsvConfig;
import io.penstock.connectors.standard.csv.Header;
import io.penstock.connectors.standard.json.JsonConfig;
import io.penstock.testkit.ManualClock;
import io.penstock.testkit.MemoryDisk;
import io.penstock.testkit.SinkLaw;
import io.penstock.testkit.StoppingDisk;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class KeptFilesTest {
  private static final Path ROOT = Path.of("/data");
  private static final Schema SCHEMA = Schema.of(Field.of("k", DataType.STRING));
  private static final FormatConfig LINES =
      new JsonConfig(JsonConfig.Layout.LINES, JsonConfig.Nulls.WRITE);
  private static final FormatConfig CSV =
      new CsvConfig(",", Header.TRUE, "\"", Optional.empty(), CsvConfig.QuotedEmpty.EMPTY, false);
  private static final Template BY_KEY =
      new Template(
          "out/{k}/",
          List.of(
              new Template.Literal("out/"),
              new Template.Computed(ExpressionText.at("k", Origin.file("p.yaml"))),
              new Template.Literal("/")));
  private static final List<List<SinkRows>> EPOCHS =
      List.of(
          List.of(rows("a", "b"), rows("c")),
          List.of(),
          List.of(rows("a", "d")),
          List.of(rows("e")));

  @Test
  void partsAreThereOnceWhereverTheProcessDies() throws IOException {
    FileSinkConfig parts = config(path("out/"), CSV, "part");
    assertTrue(law(parts, false).check(StoppingDisk.Fault.STOP, 12) > 300);
    assertTrue(law(parts, false).check(StoppingDisk.Fault.STOP_HALF, 12) > 300);
  }

  @Test
  void partsByValueAreThereOnceWhereverTheProcessDies() throws IOException {
    assertTrue(law(config(BY_KEY, LINES, ""), false).check(StoppingDisk.Fault.STOP, 12) > 400);
  }

  @Test
  void aFileHasEachRowOnceWhereverTheProcessDies() throws IOException {
    for (String name : List.of("a.csv", "a.csv.gz", "a.csv.zst")) {
      FileSinkConfig one = config(path("out/" + name), CSV, "");
      assertTrue(law(one, true).check(StoppingDisk.Fault.STOP, 8) > 100);
      assertTrue(law(one, true).check(StoppingDisk.Fault.STOP_HALF, 8) > 100);
    }
  }

  @Test
  void aFullDiskLeavesNothingThatIsSeen() throws IOException {
    FileSinkConfig parts = config(path("out/"), CSV, "part");
    for (long at = 1; ; at++) {
      MemoryDisk disk = new MemoryDisk();
      StoppingDisk full = new StoppingDisk(disk, at, StoppingDisk.Fault.FULL);
      Sink sink = open(parts, full, "r1");
      try {
        SinkWriter writer = sink.writer(0);
        boolean prepared = prepare(writer, at);
        if (prepared) {
          assertTrue(at > 10);
          return;
        }
        writer.close();
        sink.abort(1, List.of());
        assertEquals(List.of(), disk.paths());
      } catch (IOException closing) {
        throw new AssertionError("at " + at, closing);
      }
    }
  }

  private static boolean prepare(SinkWriter writer, long at) throws IOException {
    try {
      writer.write(rows("a", "b", "c"));
      writer.prepare(1);
      return true;
    } catch (PipelineException full) {
      assertEquals(ProblemCode.R304, full.problem().code(), "at " + at);
      assertTrue(
          full.problem().message().endsWith("cannot be written: No space left on device"),
          full.problem().message());
      return false;
    }
  }

  @Test
  void listsTheFilesOfAnEpoch() throws IOException {
    MemoryDisk disk = new MemoryDisk();
    Sink sink = open(config(path("out/"), CSV, "part"), disk, "r1");
    SinkWriter writer = sink.writer(0);
    writer.write(rows("a", "b", "c"));
    sink.commit(1, 0, writer.prepare(1));
    sink.commit(2, 1, writer.prepare(2));

    assertEquals(
        List.of("out/_manifest/1.json", "out/part-r1-1-0.csv", "out/part-r1-1-1.csv"), all(disk));
    assertEquals(
        "{\"version\":1,\"run\":\"r1\",\"epoch\":1,\"previous\":0,\"files\":["
            + "{\"name\":\"part-r1-1-0.csv\",\"bytes\":6,\"crc32c\":\"27e6862c\",\"rows\":2},"
            + "{\"name\":\"part-r1-1-1.csv\",\"bytes\":4,\"crc32c\":\"0825231b\",\"rows\":1}]}\n",
        disk.text(ROOT.resolve("out/_manifest/1.json")).orElse(""));
    assertEquals(
        OptionalLong.of(1), open(config(path("out/"), CSV, "part"), disk, "r1").lastEpoch());
  }

  @Test
  void stopsWhereAPartIsGoneOrAnotherProcessWasThere() throws IOException {
    MemoryDisk disk = new MemoryDisk();
    FileSinkConfig parts = config(path("out/"), CSV, "part");
    Sink sink = open(parts, disk, "r1");
    SinkWriter writer = sink.writer(0);
    writer.write(rows("a"));
    List<Staged> staged = writer.prepare(1);
    sink.commit(1, 0, staged);
    disk.delete(ROOT.resolve("out/part-r1-1-0.csv"));
    PipelineException gone = assertThrows(PipelineException.class, () -> sink.commit(1, 0, staged));
    PipelineException taken =
        assertThrows(
            PipelineException.class, () -> open(parts, disk, "r1").commit(0, 0, List.of()));

    assertEquals(
        "R302 `out/part-r1-1-0.csv` was written by this run and is gone",
        gone.problem().code() + " " + gone.problem().message());
    assertEquals(
        "R301 `out/` holds epoch 1 of this run, written by another process, and this one comes"
            + " with epoch 0",
        taken.problem().code() + " " + taken.problem().message());
  }

  @Test
  void aFreshRunRefusesOrReplacesOrGoesBeside() throws IOException {
    MemoryDisk disk = new MemoryDisk();
    commit(open(config(path("out/"), CSV, ""), disk, "r1"), "a");

    PipelineException refused =
        assertThrows(
            PipelineException.class, () -> open(config(path("out/"), CSV, ""), disk, "r2"));
    commit(open(config(path("out/"), CSV, "append"), disk, "r2"), "b");
    List<String> both = all(disk);
    commit(open(config(path("out/"), CSV, "replace"), disk, "r3"), "c");

    assertEquals("`out` holds what another run has left there", refused.problem().message());
    assertEquals(
        List.of(
            "out/_manifest/1-r2.json",
            "out/_manifest/1.json",
            "out/part-r1-1-0.csv",
            "out/part-r2-1-0.csv"),
        both);
    assertEquals(List.of("out/_manifest/1-r3.json", "out/part-r3-1-0.csv"), all(disk));
  }

  @Test
  void aRunWithoutStateDoesNotReplaceWhatOneWithStateHasLeft() throws IOException {
    MemoryDisk disk = new MemoryDisk();
    FileSinkConfig one = config(path("out/a.csv"), CSV, "");
    Sink kept = open(one, disk, "r1");
    kept.mark();
    kept.deliver(1, 0, new SinkLaw.Spool(List.of(rows("a"))));
    commit(open(config(path("parts/"), CSV, ""), disk, "r1"), "a");

    PipelineException file =
        assertThrows(PipelineException.class, () -> open(one, disk, "e1", false));
    PipelineException parts =
        assertThrows(
            PipelineException.class,
            () -> open(config(path("parts/"), CSV, ""), disk, "e1", false));
    commit(open(config(path("out/a.csv"), CSV, "replace"), disk, "e2", false), "z");
    commit(open(config(path("parts/"), CSV, "replace"), disk, "e2", false), "z");

    assertEquals(
        "R303 `out/a.csv` is written by runs that keep state, and this one keeps none",
        file.problem().code() + " " + file.problem().message());
    assertEquals(ProblemCode.R303, parts.problem().code());
    assertEquals(List.of("out/a.csv", "parts/_manifest.json", "parts/part-e2-0-0.csv"), all(disk));
  }

  @Test
  void aFileThatWasCutOrChangedIsNotWrittenOn() throws IOException {
    MemoryDisk disk = new MemoryDisk();
    FileSinkConfig one = config(path("out/a.csv"), CSV, "");
    Path file = ROOT.resolve("out/a.csv");
    Sink sink = open(one, disk, "r1");
    sink.mark();
    sink.deliver(1, 0, new SinkLaw.Spool(List.of(rows("a"))));
    Staged mark = sink.mark();

    disk.with(file, "k\n");
    assertEquals(
        "R302 `out/a.csv` has 2 bytes, and this run has written 4", again(one, disk, mark));
    disk.with(file, "k\nb\nc\n");
    assertEquals(
        "R301 `out/a.csv` is not as this run has left it: the checksum before byte 4 was 2f6013f5"
            + " and is 1b87bb6c",
        again(one, disk, mark));
    disk.delete(file);
    assertEquals("R302 `out/a.csv` is gone, and this run has written 4", again(one, disk, mark));
  }

  private static String again(FileSinkConfig config, Disk disk, Staged mark) throws IOException {
    Sink sink = open(config, disk, "r1");
    sink.resume(mark);
    PipelineException stopped =
        assertThrows(
            PipelineException.class,
            () -> sink.deliver(2, 1, new SinkLaw.Spool(List.of(rows("b")))));
    return stopped.problem().code() + " " + stopped.problem().message();
  }

  @Test
  void aFreshRunDoesNotWriteOverAFile() throws IOException {
    MemoryDisk disk = new MemoryDisk().with(ROOT.resolve("a.csv"), "k\nold\n");
    PipelineException refused =
        assertThrows(
            PipelineException.class, () -> open(config(path("a.csv"), CSV, ""), disk, "r1").mark());
    Sink append = open(config(path("a.csv"), CSV, "append"), disk, "r1");
    append.mark();
    append.deliver(1, 0, new SinkLaw.Spool(List.of(rows("new"))));

    assertEquals(
        "R303 `a.csv` is there, and this run has kept no state of it",
        refused.problem().code() + " " + refused.problem().message());
    assertEquals("k\nold\nnew\n", disk.text(ROOT.resolve("a.csv")).orElse(""));
  }

  @Test
  void saysWhatCannotBeKept() {
    FormatConfig array = new JsonConfig(JsonConfig.Layout.ARRAY, JsonConfig.Nulls.WRITE);
    Template template =
        new Template("out/{k}.csv", List.of(new Template.Literal("out/"), BY_KEY.parts().get(1)));
    List<String> said = new ArrayList<>();
    SinkUse kept = new SinkUse(true, false);
    for (FileSinkConfig config :
        List.of(
            config(path("a.json"), array, ""),
            config(template, CSV, ""),
            config(path("a.csv"), CSV, ""))) {
      config.check(
          kept,
          config.format(),
          (code, option, message, hint) ->
              said.add(code + " " + option + " " + message + ", " + hint));
    }

    assertEquals(
        List.of(
            "E110 format `a.json` has an end in this format, so a run that keeps state cannot go on"
                + " with it, write `parts: {}` for a folder of parts, or take JSON lines, CSV or"
                + " text",
            "E110 path a template makes folders of parts in a run that keeps state, so it must end"
                + " in `/`, unlike `out/{k}.csv`, write `out/{k}/`, with `format`"),
        said);
    assertEquals(SinkTraits.Kind.SPOOLED, config(path("a.csv"), CSV, "").traits(kept).kind());
    assertEquals(SinkTraits.Kind.STAGED, config(path("a/"), CSV, "").traits(kept).kind());
    assertEquals(
        SinkTraits.Kind.STAGED, config(path("a.csv"), CSV, "").traits(SinkUse.EPHEMERAL).kind());
  }

  private static SinkLaw law(FileSinkConfig config, boolean spooled) {
    return new SinkLaw(new OnDisk(config), EPOCHS, spooled);
  }

  /** Sinks on a disk in memory, and what stands there afterwards. */
  private record OnDisk(FileSinkConfig config) implements SinkLaw.Target {
    @Override
    public Disk disk() {
      return new MemoryDisk().with(ROOT.resolve("other.txt"), "x");
    }

    @Override
    public Sink open(Disk disk) throws IOException {
      return KeptFilesTest.open(config, disk, "r1");
    }

    @Override
    public List<String> seen(Disk disk) throws IOException {
      List<String> rows = new ArrayList<>();
      for (Path path : ((MemoryDisk) disk).paths()) {
        String name = path.getFileName().toString();
        boolean data = path.startsWith(ROOT.resolve("out")) && !name.startsWith(".");
        if (data && !path.toString().contains("_manifest")) {
          read(disk, path).lines().filter(line -> !line.equals("k")).forEach(rows::add);
        }
      }
      return rows;
    }

    @Override
    public List<String> texts(List<SinkRows> rows) {
      List<String> texts = new ArrayList<>();
      for (SinkRows each : rows) {
        for (int row = 0; row < each.rows().size(); row++) {
          String text = ((Column.Bytes) each.rows().column(0)).text(row);
          texts.add(config.format().orElseThrow() == CSV ? text : "{\"k\":\"" + text + "\"}");
        }
      }
      return texts;
    }

    @Override
    public List<String> leftOver(Disk disk) {
      return all((MemoryDisk) disk).stream().filter(path -> path.endsWith(".tmp")).toList();
    }
  }

  /** The text of a file as far as it can be unpacked. */
  private static String read(Disk disk, Path path) throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    byte[] buffer = new byte[100];
    Compression packed = Compression.of(Optional.empty(), path.toString());
    try (ByteInput input = packed.open(disk.read(path))) {
      int count = input.read(buffer, 0, buffer.length);
      while (count >= 0) {
        text.write(buffer, 0, count);
        count = input.read(buffer, 0, buffer.length);
      }
    } catch (io.penstock.connectors.standard.compression.DamagedException half) {
      // The process died as it wrote.
    }
    return text.toString(StandardCharsets.UTF_8);
  }

  private static void commit(Sink sink, String... keys) throws IOException {
    SinkWriter writer = sink.writer(0);
    writer.write(rows(keys));
    sink.commit(1, 0, writer.prepare(1));
    writer.close();
    sink.close();
  }

  private static List<String> all(MemoryDisk disk) {
    return disk.paths().stream()
        .map(path -> ROOT.relativize(path).toString())
        .filter(path -> !path.equals("other.txt") && !path.contains(".kept"))
        .toList();
  }

  private static Template path(String path) {
    return new Template(path, List.of(new Template.Literal(path)));
  }

  private static FileSinkConfig config(Template path, FormatConfig format, String how) {
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

  private static Sink open(FileSinkConfig config, Disk disk, String run) throws IOException {
    return open(config, disk, run, true);
  }

  private static Sink open(FileSinkConfig config, Disk disk, String run, boolean keepsState)
      throws IOException {
    Sink sink = config.sink();
    sink.open(
        new SinkContext(
            "out",
            run,
            SCHEMA,
            config.format().map(FormatConfig::format),
            disk,
            new RootFiles(ROOT),
            new ManualClock(0),
            OutputStream.nullOutputStream(),
            keepsState));
    return sink;
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
