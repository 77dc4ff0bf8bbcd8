package io.penstock.core.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Change;
import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Provenance;
import io.penstock.api.data.RowMarks;
import io.penstock.api.data.Schema;
import io.penstock.api.option.Template;
import io.penstock.api.sink.Forcing;
import io.penstock.api.sink.SinkRows;
import io.penstock.api.sink.Staged;
import io.penstock.core.state.BatchCodec;
import io.penstock.core.state.DamagedException;
import io.penstock.testkit.MemoryDisk;
import io.penstock.testkit.WatchedDisk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Rows that wait for a sink come back as they were, or the file is said to be damaged. */
final class SpoolTest {
  private static final Path FOLDER = Path.of("/run/spool");
  private static final Template NAME = new Template("{region}", List.of());
  private static final Template OTHER = new Template("{day}", List.of());
  private static final Schema SCHEMA =
      Schema.of(
          Field.of("flag", DataType.INT),
          Field.of("count", DataType.INT),
          Field.of("amount", DataType.INT),
          Field.of("price", DataType.INT),
          Field.of("total", DataType.INT),
          Field.of("name", DataType.STRING),
          Field.of("tags", DataType.INT),
          Field.of("extra", DataType.INT),
          Field.of("inner", DataType.INT));

  private final MemoryDisk disk = new MemoryDisk();

  SpoolTest() {
    disk.createDirectories(FOLDER);
  }

  private SpoolWriter writer(long epoch) {
    return writer(epoch, 0);
  }

  private SpoolWriter writer(long epoch, int mostInside) {
    return new SpoolWriter(disk, FOLDER, "out", List.of(NAME, OTHER), epoch, mostInside);
  }

  private Spool open(Staged handle) throws IOException {
    return Spool.open(disk, FOLDER, handle, SCHEMA, List.of(NAME, OTHER));
  }

  /** Three rows in a column of each kind, the second null. */
  private static Column[] columns() {
    long[] validity = {0b101};
    Column texts = texts("a", "", "ccc");
    Column elements = new Column.Longs(4, new long[] {7, 8, 9, 10}, new long[] {0b1101});
    Column.Bytes keys = texts("k1", "k2", "k3", "k4");
    int[] offsets = {0, 3, 3, 4};
    return new Column[] {
      new Column.Booleans(3, new boolean[] {true, false, true}, validity),
      new Column.Longs(3, new long[] {Long.MIN_VALUE, 0, Long.MAX_VALUE}, validity),
      new Column.Doubles(3, new double[] {-0.0, 0, Double.NaN}, validity),
      new Column.Decimals(3, new long[] {1, 0, -1}, null, validity),
      new Column.Decimals(3, new long[] {1, 0, -1}, new long[] {5, 0, -6}, null),
      texts,
      new Column.Lists(3, elements, offsets, validity),
      new Column.Maps(3, keys, elements, offsets, null),
      new Column.Records(3, new Column[] {texts, elements.gather(new int[] {0, 1, 2}, 3)}, validity)
    };
  }

  private static Column.Bytes texts(String... texts) {
    int[] offsets = new int[texts.length + 1];
    for (int i = 0; i < texts.length; i++) {
      offsets[i + 1] = offsets[i] + texts[i].length();
    }
    byte[] bytes = String.join("", texts).getBytes(StandardCharsets.US_ASCII);
    return Column.Bytes.inARow(texts.length, bytes, offsets, null);
  }

  private static SinkRows rows() {
    Provenance from =
        new Provenance(
            "orders",
            "a.csv",
            new long[] {10, 20, 30},
            new int[] {0, 1, 2},
            Map.of("path", texts("p", "q", "r")));
    Optional<Column.Longs> times =
        Optional.of(new Column.Longs(3, new long[] {1, 2, 3}, new long[] {0b011}));
    return new SinkRows(
        new Batch(SCHEMA, 3, columns(), from, RowMarks.of(times).withOperations(operations())),
        Map.of(NAME, List.of(texts("x", "y", "z"))));
  }

  private static Optional<Column.Longs> operations() {
    long[] values = {
      Change.UPDATE_BEFORE.ordinal(), Change.UPDATE_AFTER.ordinal(), Change.DELETE.ordinal()
    };
    return Optional.of(new Column.Longs(3, values, null));
  }

  private static SinkRows plain() {
    Provenance none = Provenance.none("step");
    return new SinkRows(new Batch(SCHEMA, 3, columns(), none, RowMarks.NONE), Map.of());
  }

  private static byte[] bytes(SinkRows rows) throws IOException {
    return Samples.written(
        to -> {
          BatchCodec.write(rows.rows(), to);
          for (Template template : List.of(NAME, OTHER)) {
            for (Column column : rows.computed().getOrDefault(template, List.of())) {
              BatchCodec.write(column, to);
            }
          }
        });
  }

  private Staged spooled(long epoch) throws IOException {
    SpoolWriter writer = writer(epoch);
    writer.write(rows());
    writer.write(plain());
    return writer.prepare(epoch).get(0);
  }

  @Test
  void rowsOfEveryTypeComeBackWithNullsPlacesTimesAndNames() throws IOException {
    Staged handle = spooled(4);

    try (Spool spool = open(handle)) {
      SinkRows first = spool.next().orElseThrow();
      SinkRows second = spool.next().orElseThrow();

      assertEquals(6, spool.rows());
      assertArrayEquals(bytes(rows()), bytes(first));
      assertArrayEquals(bytes(plain()), bytes(second));
      assertEquals("a.csv", first.rows().provenance().split());
      assertTrue(first.rows().times().orElseThrow().isNull(2));
      assertEquals(Optional.empty(), second.rows().times());
      assertEquals(Optional.empty(), spool.next());
    }
    assertTrue(Spool.is(handle));
    assertTrue(Spool.isInFile(handle));
    assertEquals("out-4", Spool.name(handle));
    assertFalse(Spool.is(new Staged("part", Map.of())));
  }

  @Test
  void rewindingBeginsWithTheFirstRowFromAnywhere() throws IOException {
    try (Spool spool = open(spooled(1))) {
      byte[] first = bytes(spool.next().orElseThrow());
      spool.rewind();
      assertArrayEquals(first, bytes(spool.next().orElseThrow()));
      assertTrue(spool.next().isPresent());
      assertTrue(spool.next().isEmpty());
      spool.rewind();
      assertArrayEquals(first, bytes(spool.next().orElseThrow()));
    }
  }

  @Test
  void anEpochWithoutRowsHasNoFileAndTheNextOneIsItsOwn() throws IOException {
    SpoolWriter writer = writer(1);

    List<Staged> none = writer.prepare(1);
    writer.write(rows());
    Staged second = writer.prepare(2).get(0);
    writer.write(plain());
    Staged third = writer.prepare(3).get(0);
    writer.close();

    assertEquals(List.of(), none);
    assertEquals(List.of("out-2", "out-3"), List.of(Spool.name(second), Spool.name(third)));
    try (Spool spool = open(third)) {
      assertEquals(3, spool.rows());
      assertArrayEquals(bytes(plain()), bytes(spool.next().orElseThrow()));
    }
    assertEquals(2, disk.paths().size());
  }

  @Test
  void anEpochIsForcedByWhoeverIsHandedItWhileTheNextOneIsSpooled() throws IOException {
    List<String> changes = new ArrayList<>();
    WatchedDisk watched =
        new WatchedDisk(disk, (change, path) -> changes.add(change + " " + path.getFileName()));
    SpoolWriter writer = new SpoolWriter(watched, FOLDER, "out", List.of(NAME, OTHER), 1, 0);
    for (int epoch = 1; epoch <= 4; epoch++) {
      writer.write(rows());
      List<Staged> unused = writer.prepare(epoch);
      Forcing forcing = writer.forcing();
      writer.write(plain());
      changes.clear();

      forcing.force();

      assertEquals(
          List.of("FORCE out-" + epoch, "FORCE_DIRECTORY " + FOLDER.getFileName()), changes);
    }
    List<Staged> unforced = writer.prepare(5);
    assertEquals(List.of(), writer.prepare(6));
    assertEquals(Forcing.NONE, writer.forcing());
    assertEquals(1, unforced.size());
    writer.close();
  }

  @Test
  void anEpochThatWasGivenUpIsSpooledAnew() throws IOException {
    SpoolWriter given = writer(1);
    given.write(rows());
    given.close();
    given.close();

    SpoolWriter again = writer(1);
    again.write(plain());

    try (Spool spool = open(again.prepare(1).get(0))) {
      assertEquals(3, spool.rows());
      assertArrayEquals(bytes(plain()), bytes(spool.next().orElseThrow()));
      assertTrue(spool.next().isEmpty());
    }
  }

  @Test
  void manyRowsAreReadInBlocks() throws IOException {
    SpoolWriter writer = writer(1);
    for (int i = 0; i < 400; i++) {
      writer.write(rows());
    }

    try (Spool spool = open(writer.prepare(1).get(0))) {
      int batches = 0;
      while (spool.next().isPresent()) {
        batches++;
      }
      assertEquals(400, batches);
      assertEquals(1200, spool.rows());
    }
  }

  @Test
  void everyFlippedBitIsFoundWithBothChecksums() throws IOException {
    Staged handle = spooled(1);
    Path file = FOLDER.resolve("out-1");
    byte[] whole = Samples.content(disk, file);
    for (int bit = 0; bit < whole.length * 8; bit++) {
      byte[] flipped = whole.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      Samples.put(disk, file, flipped);

      DamagedException e = assertThrows(DamagedException.class, () -> open(handle));

      assertTrue(
          String.valueOf(e.getMessage())
              .startsWith("`out-1` has " + whole.length + " bytes with checksum "),
          String.valueOf(e.getMessage()));
      assertTrue(
          String.valueOf(e.getMessage())
              .endsWith(" with " + handle.details().get(SpoolWriter.CHECKSUM)),
          String.valueOf(e.getMessage()));
    }
  }

  @Test
  void everyTruncationIsFoundWithBothLengths() throws IOException {
    Staged handle = spooled(1);
    Path file = FOLDER.resolve("out-1");
    byte[] whole = Samples.content(disk, file);
    for (int length = 0; length < whole.length; length++) {
      Samples.put(disk, file, Arrays.copyOf(whole, length));

      DamagedException e = assertThrows(DamagedException.class, () -> open(handle));

      assertTrue(
          String.valueOf(e.getMessage()).startsWith("`out-1` has " + length + " bytes"),
          String.valueOf(e.getMessage()));
      assertTrue(
          String.valueOf(e.getMessage()).contains(", not " + whole.length + " with "),
          String.valueOf(e.getMessage()));
    }
  }

  @Test
  void aSpoolThatIsGoneIsDamage() throws IOException {
    Staged handle = spooled(1);
    disk.delete(FOLDER.resolve("out-1"));

    DamagedException e = assertThrows(DamagedException.class, () -> open(handle));

    assertEquals("`out-1`, rows that wait for a sink, is gone", String.valueOf(e.getMessage()));
  }
}
