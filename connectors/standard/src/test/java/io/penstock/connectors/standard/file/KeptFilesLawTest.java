package io.penstock.connectors.standard.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.data.Column;
import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.sink.Sink;
import io.penstock.api.sink.SinkRows;
import io.penstock.api.sink.SinkWriter;
import io.penstock.api.system.Disk;
import io.penstock.connectors.standard.compression.ByteInput;
import io.penstock.connectors.standard.compression.Compression;
import io.penstock.testkit.MemoryDisk;
import io.penstock.testkit.SinkLaw;
import io.penstock.testkit.StoppingDisk;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KeptFilesLawTest {
  private static final List<List<SinkRows>> EPOCHS =
      List.of(
          List.of(KeptFiles.rows("a", "b"), KeptFiles.rows("c")),
          List.of(),
          List.of(KeptFiles.rows("a", "d")),
          List.of(KeptFiles.rows("e")));

  @Test
  void partsAreThereOnceWhereverTheProcessDies() throws IOException {
    FileSinkConfig parts = KeptFiles.config(KeptFiles.path("out/"), KeptFiles.CSV, "part");
    assertTrue(law(parts, false).check(StoppingDisk.Fault.STOP, 12) > 300);
    assertTrue(law(parts, false).check(StoppingDisk.Fault.STOP_HALF, 12) > 300);
  }

  @Test
  void partsByValueAreThereOnceWhereverTheProcessDies() throws IOException {
    assertTrue(
        law(KeptFiles.config(KeptFiles.BY_KEY, KeptFiles.LINES, ""), false)
                .check(StoppingDisk.Fault.STOP, 12)
            > 400);
  }

  @Test
  void aFileHasEachRowOnceWhereverTheProcessDies() throws IOException {
    for (String name : List.of("a.csv", "a.csv.gz", "a.csv.zst")) {
      FileSinkConfig one = KeptFiles.config(KeptFiles.path("out/" + name), KeptFiles.CSV, "");
      assertTrue(law(one, true).check(StoppingDisk.Fault.STOP, 8) > 100);
      assertTrue(law(one, true).check(StoppingDisk.Fault.STOP_HALF, 8) > 100);
    }
  }

  @Test
  void aFullDiskLeavesNothingThatIsSeen() throws IOException {
    FileSinkConfig parts = KeptFiles.config(KeptFiles.path("out/"), KeptFiles.CSV, "part");
    for (long at = 1; ; at++) {
      MemoryDisk disk = new MemoryDisk();
      StoppingDisk full = new StoppingDisk(disk, at, StoppingDisk.Fault.FULL);
      Sink sink = KeptFiles.open(parts, full, "r1");
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
      writer.write(KeptFiles.rows("a", "b", "c"));
      writer.prepare(1);
      writer.forcing().force();
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
  void aFullDiskWhileDeliveringIsSaidAndTriedAgain() throws IOException {
    boolean failed = true;
    for (long at = 1; failed; at++) {
      MemoryDisk disk = new MemoryDisk();
      StoppingDisk full = new StoppingDisk(disk, at, StoppingDisk.Fault.FULL);
      Sink sink =
          KeptFiles.open(KeptFiles.config(KeptFiles.path("a.csv"), KeptFiles.CSV, ""), full, "r1");
      sink.mark();
      failed = false;
      for (long epoch = 1; epoch <= 2; epoch++) {
        SinkLaw.Spool rows = new SinkLaw.Spool(List.of(KeptFiles.rows("a" + epoch)));
        failed |= isFull(sink, epoch, rows);
      }
      assertEquals("k\na1\na2\n", disk.text(KeptFiles.ROOT.resolve("a.csv")).orElse(""));
    }
  }

  /** Delivers, once more where the disk was full. */
  private static boolean isFull(Sink sink, long epoch, SinkLaw.Spool rows) throws IOException {
    try {
      sink.deliver(epoch, epoch - 1, rows);
      return false;
    } catch (PipelineException full) {
      assertEquals(
          "R304 `a.csv` cannot be written: No space left on device",
          full.problem().code() + " " + full.problem().message());
      sink.deliver(epoch, epoch - 1, rows);
      return true;
    }
  }

  private static SinkLaw law(FileSinkConfig config, boolean spooled) {
    return new SinkLaw(new OnDisk(config), EPOCHS, spooled);
  }

  /** Sinks on a disk in memory, and what stands there afterwards. */
  private record OnDisk(FileSinkConfig config) implements SinkLaw.Target {
    @Override
    public Disk disk() {
      return new MemoryDisk().with(KeptFiles.ROOT.resolve("other.txt"), "x");
    }

    @Override
    public Sink open(Disk disk) throws IOException {
      return KeptFiles.open(config, disk, "r1");
    }

    @Override
    public List<String> seen(Disk disk) throws IOException {
      List<String> rows = new ArrayList<>();
      for (Path path : ((MemoryDisk) disk).paths()) {
        String name = path.getFileName().toString();
        boolean data = path.startsWith(KeptFiles.ROOT.resolve("out")) && !name.startsWith(".");
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
          texts.add(
              config.format().orElseThrow() == KeptFiles.CSV ? text : "{\"k\":\"" + text + "\"}");
        }
      }
      return texts;
    }

    @Override
    public List<String> leftOver(Disk disk) {
      return KeptFiles.all((MemoryDisk) disk).stream()
          .filter(path -> path.endsWith(".tmp"))
          .toList();
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
}
