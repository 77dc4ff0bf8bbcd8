package io.penstock.connectors.standard.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.penstock.api.format.FormatConfig;
import io.penstock.api.option.Template;
import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.sink.Forcing;
import io.penstock.api.sink.Sink;
import io.penstock.api.sink.SinkTraits;
import io.penstock.api.sink.SinkUse;
import io.penstock.api.sink.SinkWriter;
import io.penstock.api.sink.Staged;
import io.penstock.api.system.Disk;
import io.penstock.connectors.standard.json.JsonConfig;
import io.penstock.testkit.MemoryDisk;
import io.penstock.testkit.SinkLaw;
import io.penstock.testkit.WatchedDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeptFilesTest {
  @Test
  void listsTheFilesOfAnEpoch() throws IOException {
    MemoryDisk disk = new MemoryDisk();
    Sink sink =
        KeptFiles.open(KeptFiles.config(KeptFiles.path("out/"), KeptFiles.CSV, "part"), disk, "r1");
    SinkWriter writer = sink.writer(0);
    writer.write(KeptFiles.rows("a", "b", "c"));
    sink.commit(1, 0, writer.prepare(1));
    sink.commit(2, 1, writer.prepare(2));

    assertEquals(
        List.of("out/_manifest/1.json", "out/part-r1-1-0.csv", "out/part-r1-1-1.csv"),
        KeptFiles.all(disk));
    assertEquals(
        "{\"version\":1,\"run\":\"r1\",\"epoch\":1,\"previous\":0,\"files\":["
            + "{\"name\":\"part-r1-1-0.csv\",\"bytes\":6,\"crc32c\":\"27e6862c\",\"rows\":2},"
            + "{\"name\":\"part-r1-1-1.csv\",\"bytes\":4,\"crc32c\":\"0825231b\",\"rows\":1}]}\n",
        disk.text(KeptFiles.ROOT.resolve("out/_manifest/1.json")).orElse(""));
    assertEquals(
        OptionalLong.of(1),
        KeptFiles.open(KeptFiles.config(KeptFiles.path("out/"), KeptFiles.CSV, "part"), disk, "r1")
            .lastEpoch());
  }

  @Test
  void whatIsPreparedIsForcedByWhoeverIsHandedIt() throws IOException {
    List<String> changes = new ArrayList<>();
    Sink sink =
        KeptFiles.open(
            KeptFiles.config(KeptFiles.path("out/"), KeptFiles.CSV, ""), watched(changes), "r1");
    SinkWriter writer = sink.writer(0);
    writer.write(KeptFiles.rows("a"));
    changes.clear();

    writer.prepare(1);
    Forcing forcing = writer.forcing();
    List<String> preparing = List.copyOf(changes);
    writer.write(KeptFiles.rows("b"));
    changes.clear();
    forcing.force();

    assertEquals(List.of("RENAME .part-r1-1-0.csv.tmp"), preparing);
    assertEquals(List.of("FORCE .penstock-r1-out-0-0.tmp", "FORCE_DIRECTORY out"), changes);
  }

  @Test
  void onlySoManyFilesStayOpenUntilTheyAreForced() throws IOException {
    List<String> changes = new ArrayList<>();
    Sink sink =
        KeptFiles.open(
            KeptFiles.config(KeptFiles.BY_KEY, KeptFiles.CSV, ""), watched(changes), "r1");
    SinkWriter writer = sink.writer(0);
    writer.write(
        KeptFiles.rows(IntStream.range(0, 100).mapToObj(i -> "k" + i).toArray(String[]::new)));
    changes.clear();

    writer.prepare(1);
    long preparing = forces(changes);
    changes.clear();
    writer.forcing().force();

    assertEquals(36, preparing);
    assertEquals(64, forces(changes));
    assertEquals(100, changes.stream().filter(c -> c.startsWith("FORCE_DIRECTORY ")).count());
  }

  @Test
  void aPartThatWasNeverForcedIsLetGoOf() throws IOException {
    MemoryDisk disk = new MemoryDisk();
    Sink sink =
        KeptFiles.open(KeptFiles.config(KeptFiles.path("out/"), KeptFiles.CSV, "part"), disk, "r1");
    SinkWriter writer = sink.writer(0);
    writer.write(KeptFiles.rows("a", "b", "c"));
    List<Staged> first = writer.prepare(1);
    writer.write(KeptFiles.rows("d"));
    List<Staged> second = writer.prepare(2);
    writer.write(KeptFiles.rows("e"));

    writer.close();
    sink.abort(1, first);
    sink.abort(2, second);

    assertEquals(List.of(), KeptFiles.all(disk));
  }

  private static long forces(List<String> changes) {
    return changes.stream().filter(change -> change.startsWith("FORCE ")).count();
  }

  private static WatchedDisk watched(List<String> changes) {
    return new WatchedDisk(
        new MemoryDisk(), (change, path) -> changes.add(change + " " + path.getFileName()));
  }

  @Test
  void stopsWhereAPartIsGoneOrAnotherProcessWasThere() throws IOException {
    MemoryDisk disk = new MemoryDisk();
    FileSinkConfig parts = KeptFiles.config(KeptFiles.path("out/"), KeptFiles.CSV, "part");
    Sink sink = KeptFiles.open(parts, disk, "r1");
    SinkWriter writer = sink.writer(0);
    writer.write(KeptFiles.rows("a"));
    List<Staged> staged = writer.prepare(1);
    sink.commit(1, 0, staged);
    disk.delete(KeptFiles.ROOT.resolve("out/part-r1-1-0.csv"));
    PipelineException gone = assertThrows(PipelineException.class, () -> sink.commit(1, 0, staged));
    PipelineException taken =
        assertThrows(
            PipelineException.class,
            () -> KeptFiles.open(parts, disk, "r1").commit(0, 0, List.of()));

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
    KeptFiles.commit(
        KeptFiles.open(KeptFiles.config(KeptFiles.path("out/"), KeptFiles.CSV, ""), disk, "r1"),
        "a");

    PipelineException refused =
        assertThrows(
            PipelineException.class,
            () ->
                KeptFiles.open(
                    KeptFiles.config(KeptFiles.path("out/"), KeptFiles.CSV, ""), disk, "r2"));
    KeptFiles.commit(
        KeptFiles.open(
            KeptFiles.config(KeptFiles.path("out/"), KeptFiles.CSV, "append"), disk, "r2"),
        "b");
    List<String> both = KeptFiles.all(disk);
    KeptFiles.commit(
        KeptFiles.open(
            KeptFiles.config(KeptFiles.path("out/"), KeptFiles.CSV, "replace"), disk, "r3"),
        "c");

    assertEquals("`out` holds what another run has left there", refused.problem().message());
    assertEquals(
        List.of(
            "out/_manifest/1-r2.json",
            "out/_manifest/1.json",
            "out/part-r1-1-0.csv",
            "out/part-r2-1-0.csv"),
        both);
    assertEquals(List.of("out/_manifest/1-r3.json", "out/part-r3-1-0.csv"), KeptFiles.all(disk));
  }

  @Test
  void aRunWithoutStateDoesNotReplaceWhatOneWithStateHasLeft() throws IOException {
    MemoryDisk disk = new MemoryDisk();
    FileSinkConfig one = KeptFiles.config(KeptFiles.path("out/a.csv"), KeptFiles.CSV, "");
    Sink kept = KeptFiles.open(one, disk, "r1");
    kept.mark();
    kept.deliver(1, 0, new SinkLaw.Spool(List.of(KeptFiles.rows("a"))));
    KeptFiles.commit(
        KeptFiles.open(KeptFiles.config(KeptFiles.path("parts/"), KeptFiles.CSV, ""), disk, "r1"),
        "a");

    PipelineException file =
        assertThrows(PipelineException.class, () -> KeptFiles.open(one, disk, "e1", false));
    PipelineException parts =
        assertThrows(
            PipelineException.class,
            () ->
                KeptFiles.open(
                    KeptFiles.config(KeptFiles.path("parts/"), KeptFiles.CSV, ""),
                    disk,
                    "e1",
                    false));
    KeptFiles.commit(
        KeptFiles.open(
            KeptFiles.config(KeptFiles.path("out/a.csv"), KeptFiles.CSV, "replace"),
            disk,
            "e2",
            false),
        "z");
    KeptFiles.commit(
        KeptFiles.open(
            KeptFiles.config(KeptFiles.path("parts/"), KeptFiles.CSV, "replace"),
            disk,
            "e2",
            false),
        "z");

    assertEquals(
        "R303 `out/a.csv` is written by runs that keep state, and this one keeps none",
        file.problem().code() + " " + file.problem().message());
    assertEquals(ProblemCode.R303, parts.problem().code());
    assertEquals(
        List.of("out/a.csv", "parts/_manifest.json", "parts/part-e2-0-0.csv"), KeptFiles.all(disk));
  }

  @Test
  void aFileThatWasCutOrChangedIsNotWrittenOn() throws IOException {
    MemoryDisk disk = new MemoryDisk();
    FileSinkConfig one = KeptFiles.config(KeptFiles.path("out/a.csv"), KeptFiles.CSV, "");
    Path file = KeptFiles.ROOT.resolve("out/a.csv");
    Sink sink = KeptFiles.open(one, disk, "r1");
    sink.mark();
    sink.deliver(1, 0, new SinkLaw.Spool(List.of(KeptFiles.rows("a"))));
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
    Sink sink = KeptFiles.open(config, disk, "r1");
    sink.resume(mark);
    PipelineException stopped =
        assertThrows(
            PipelineException.class,
            () -> sink.deliver(2, 1, new SinkLaw.Spool(List.of(KeptFiles.rows("b")))));
    return stopped.problem().code() + " " + stopped.problem().message();
  }

  @Test
  void aFreshRunDoesNotWriteOverAFile() throws IOException {
    MemoryDisk disk = new MemoryDisk().with(KeptFiles.ROOT.resolve("a.csv"), "k\nold\n");
    PipelineException refused =
        assertThrows(
            PipelineException.class,
            () ->
                KeptFiles.open(
                        KeptFiles.config(KeptFiles.path("a.csv"), KeptFiles.CSV, ""), disk, "r1")
                    .mark());
    Sink append =
        KeptFiles.open(
            KeptFiles.config(KeptFiles.path("a.csv"), KeptFiles.CSV, "append"), disk, "r1");
    append.mark();
    append.deliver(1, 0, new SinkLaw.Spool(List.of(KeptFiles.rows("new"))));

    assertEquals(
        "R303 `a.csv` is there, and this run has kept no state of it",
        refused.problem().code() + " " + refused.problem().message());
    assertEquals("k\nold\nnew\n", disk.text(KeptFiles.ROOT.resolve("a.csv")).orElse(""));
  }

  @Test
  void saysWhatCannotBeKept() {
    FormatConfig array = new JsonConfig(JsonConfig.Layout.ARRAY, JsonConfig.Nulls.WRITE);
    Template template =
        new Template(
            "out/{k}.csv", List.of(new Template.Literal("out/"), KeptFiles.BY_KEY.parts().get(1)));
    List<String> said = new ArrayList<>();
    SinkUse kept = new SinkUse(true, false);
    for (FileSinkConfig config :
        List.of(
            KeptFiles.config(KeptFiles.path("a.json"), array, ""),
            KeptFiles.config(template, KeptFiles.CSV, ""),
            KeptFiles.config(KeptFiles.path("a.csv"), KeptFiles.CSV, ""))) {
      config.check(
          kept,
          config.format(),
          (code, option, message, hint) ->
              said.add(code + " " + option + " " + message + ", " + hint));
    }

    new FileSinkConfig(
            KeptFiles.path("a.json"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty())
        .check(
            kept,
            Optional.of(array),
            (code, option, message, hint) -> said.add(code + " at the option `" + option + "`"));

    assertEquals(
        List.of(
            "E110 format `a.json` has an end in this format, so a run that keeps state cannot go on"
                + " with it, write `parts: {}` for a folder of parts, or take JSON lines, CSV or"
                + " text",
            "E110 path a template makes folders of parts in a run that keeps state, so it must end"
                + " in `/`, unlike `out/{k}.csv`, write `out/{k}/`, with `format`",
            "E110 at the option `path`"),
        said);
    assertEquals(
        SinkTraits.Kind.SPOOLED,
        KeptFiles.config(KeptFiles.path("a.csv"), KeptFiles.CSV, "").traits(kept).kind());
    assertEquals(
        SinkTraits.Kind.STAGED,
        KeptFiles.config(KeptFiles.path("a/"), KeptFiles.CSV, "").traits(kept).kind());
    assertEquals(
        SinkTraits.Kind.STAGED,
        KeptFiles.config(KeptFiles.path("a.csv"), KeptFiles.CSV, "")
            .traits(SinkUse.EPHEMERAL)
            .kind());
  }
}
