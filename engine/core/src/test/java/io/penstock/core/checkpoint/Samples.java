package io.penstock.core.checkpoint;

import io.penstock.api.sink.Staged;
import io.penstock.api.source.Position;
import io.penstock.api.system.Disk;
import io.penstock.core.state.Segment;
import io.penstock.core.state.StateOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/** Checkpoints, plans and files of tests. */
final class Samples {
  static final Path FOLDER = Path.of("/srv/.penstock/orders");
  static final Path CK = FOLDER.resolve("ck");
  static final String RUN = "00112233445566778899aabbccddeeff";

  private Samples() {}

  static RunFolder.Opening opening(String pipeline) {
    return new RunFolder.Opening(pipeline, RUN, "process 7", 1_000_000, "0.1.0");
  }

  /** A checkpoint in which everything is used that a checkpoint can hold. */
  static Checkpoint full(long epoch) {
    Position at = new Position(4096, new TreeMap<>(Map.of("file", "a.csv", "crc", "17")));
    return new Checkpoint(
        epoch,
        RUN,
        "0.1.0",
        new byte[] {1, 2, 3},
        Checkpoint.CONTINUOUS,
        -5,
        Checkpoint.Ending.STOPPED,
        Optional.of(3_600_000_000L),
        Map.of(
            "orders",
            new Checkpoint.SourceState(
                List.of(
                    new Checkpoint.SplitPosition("a.csv", at, true),
                    new Checkpoint.SplitPosition("b.csv", Position.START, false)),
                false,
                List.of(
                    new Checkpoint.LastRead("", 1_000_000, 0),
                    new Checkpoint.LastRead("p1", -1, 30_000_000))),
            "more",
            new Checkpoint.SourceState(List.of(), true)),
        Map.of(
            "totals",
            new Checkpoint.StageState(
                List.of(
                    new Segment.Inline(new byte[] {9}, 1),
                    new Segment.InFile("s-" + epoch + "-0-0", 100, -7, 12)),
                false,
                List.of(
                    new Checkpoint.PartitionTime(0, "orders", "orders", "", -1, false),
                    new Checkpoint.PartitionTime(1, "more", "more", "p1", Long.MAX_VALUE, true))),
            "done",
            new Checkpoint.StageState(List.of(), true)),
        Map.of(
            "sinks.out",
            new Checkpoint.SinkState(
                "SPOOLED",
                List.of(new Staged(SpoolWriter.KIND, Map.of(SpoolWriter.NAME, "out-" + epoch))),
                epoch - 1,
                new Staged("length", Map.of("bytes", "12"))),
            "sinks.parts",
            new Checkpoint.SinkState(
                "STAGED", List.of(new Staged("part", Map.of())), 0, new Staged("", Map.of()))),
        Map.of("rates", "5 rows"),
        Map.of("orders", new Checkpoint.Counts(1, 2, 3, 4, 5, 6)));
  }

  /** A checkpoint of an epoch in which nothing happened. */
  static Checkpoint bare(long epoch, String mode) {
    return new Checkpoint(
        epoch,
        RUN,
        "0.1.0",
        new byte[0],
        mode,
        0,
        Checkpoint.Ending.GOES_ON,
        Optional.empty(),
        Map.of(),
        Map.of(),
        Map.of(),
        Map.of(),
        Map.of());
  }

  static BatchPlan plan(long epoch) {
    Position from = new Position(7, new TreeMap<>(Map.of("file", "a.csv")));
    return new BatchPlan(
        epoch,
        1_234,
        Optional.of(5L),
        1000,
        1 << 20,
        Map.of("orders", List.of(new BatchPlan.SplitPlan("a.csv", from, 9_000))));
  }

  static byte[] bytes(Checkpoint point) throws IOException {
    return written(to -> Codec.write(point, to));
  }

  static byte[] bytes(BatchPlan plan) throws IOException {
    return written(to -> Codec.write(plan, to));
  }

  static byte[] written(SealedFile.Body body) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    StateOutput to = new StateOutput(bytes::write);
    body.write(to);
    to.flush();
    return bytes.toByteArray();
  }

  /** A sealed file made by hand, so that it can be one that no version writes. */
  static byte[] sealed(String magic, int kind, int format, byte[] body) {
    ByteBuffer all = ByteBuffer.allocate(28 + body.length + 12);
    all.put(magic.getBytes(StandardCharsets.US_ASCII)).putInt(kind).putInt(format);
    all.putLong(body.length).putInt(checksum(all.array(), 24));
    all.put(body).putInt(checksum(body, body.length));
    return all.put("KCOTSNEP".getBytes(StandardCharsets.US_ASCII)).array();
  }

  private static int checksum(byte[] bytes, int count) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, count);
    return (int) crc.getValue();
  }

  static byte[] content(Disk disk, Path path) throws IOException {
    try (Disk.Reading reading = disk.read(path)) {
      byte[] bytes = new byte[(int) reading.length()];
      int unused = reading.read(0, bytes, 0, bytes.length);
      return bytes;
    }
  }

  static void put(Disk disk, Path path, byte[] bytes) throws IOException {
    disk.createDirectories(path.resolveSibling(""));
    try (Disk.Writing writing = disk.create(path)) {
      writing.write(bytes, 0, bytes.length);
    }
  }
}
