package io.penstock.core.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Provenance;
import io.penstock.api.data.RowMarks;
import io.penstock.api.data.Schema;
import io.penstock.api.sink.Forcing;
import io.penstock.api.sink.SinkRows;
import io.penstock.api.sink.Staged;
import io.penstock.core.state.DamagedException;
import io.penstock.testkit.MemoryDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Few rows that wait for a sink lie in the checkpoint; they come back as from a file. */
final class SpoolInsideTest {
  private static final Path FOLDER = Path.of("/run/spool");
  private static final Schema SCHEMA = Schema.of(Field.of("n", DataType.INT));
  private static final int MOST = 100_000;

  private final MemoryDisk disk = new MemoryDisk();

  SpoolInsideTest() {
    disk.createDirectories(FOLDER);
  }

  private SpoolWriter writer() {
    return new SpoolWriter(disk, FOLDER, "out", List.of(), 1, MOST);
  }

  private static SinkRows rows(int count) {
    long[] values = LongStream.range(0, count).map(n -> n * 7_919_000_000_003L).toArray();
    return new SinkRows(
        new Batch(
            SCHEMA,
            count,
            new Column[] {new Column.Longs(count, values, null)},
            Provenance.none("step"),
            RowMarks.NONE),
        Map.of());
  }

  private List<Long> read(Staged handle) throws IOException {
    List<Long> values = new ArrayList<>();
    try (Spool spool = Spool.open(disk, FOLDER, handle, SCHEMA, List.of())) {
      for (Optional<SinkRows> next = spool.next(); next.isPresent(); next = spool.next()) {
        Column.Longs column = (Column.Longs) next.get().rows().columns()[0];
        for (int row = 0; row < next.get().rows().size(); row++) {
          values.add(column.values()[row]);
        }
      }
      assertEquals(values.size(), spool.rows());
      spool.rewind();
      assertTrue(spool.next().isPresent());
    }
    return values;
  }

  private static List<Long> values(int... counts) {
    List<Long> values = new ArrayList<>();
    for (int count : counts) {
      Column.Longs column = (Column.Longs) rows(count).rows().columns()[0];
      LongStream.of(column.values()).forEach(values::add);
    }
    return values;
  }

  @Test
  void fewRowsTouchNoDiskAndNeedNoForce() throws IOException {
    SpoolWriter writer = writer();
    writer.write(rows(5));
    writer.write(rows(3));

    Staged handle = writer.prepare(1).get(0);

    assertEquals(Forcing.NONE, writer.forcing());
    assertEquals(List.of(), List.copyOf(disk.paths()));
    assertFalse(Spool.isInFile(handle));
    Spool.verify(disk, FOLDER.resolve(Spool.name(handle)), handle);
    assertEquals(values(5, 3), read(handle));
    writer.write(rows(1));
    writer.close();
    assertEquals(List.of(), List.copyOf(disk.paths()));
  }

  @Test
  void oneMoreThanMayBeInsideGoesToAFileWithAllBeforeIt() throws IOException {
    for (int count = 1; count < 40; count++) {
      SpoolWriter writer = writer();
      for (int i = 0; i < count; i++) {
        writer.write(rows(1_000));
      }
      Staged handle = writer.prepare(1).get(0);
      long length = Long.parseLong(handle.details().getOrDefault(SpoolWriter.LENGTH, ""));

      assertEquals(length > MOST, Spool.isInFile(handle));
      assertEquals(length > MOST, writer.forcing() != Forcing.NONE);
      int[] counts = new int[count];
      java.util.Arrays.fill(counts, 1_000);
      assertEquals(values(counts), read(handle));
      writer.close();
    }
  }

  @Test
  void aLongEpochAndAShortOneFollowEachOther() throws IOException {
    SpoolWriter writer = writer();
    List<Staged> handles = new ArrayList<>();
    for (int epoch = 1; epoch <= 6; epoch++) {
      for (int i = 0; i < 10; i++) {
        writer.write(rows(epoch % 2 == 0 ? 4_000 : 4));
      }
      handles.addAll(writer.prepare(epoch));
      writer.forcing().force();
    }
    writer.close();

    for (int epoch = 1; epoch <= 6; epoch++) {
      Staged handle = handles.get(epoch - 1);
      assertEquals(epoch % 2 == 0, Spool.isInFile(handle));
      assertEquals("out-" + epoch, Spool.name(handle));
      int[] counts = new int[10];
      java.util.Arrays.fill(counts, epoch % 2 == 0 ? 4_000 : 4);
      assertEquals(values(counts), read(handle));
    }
  }

  @Test
  void theCheckpointKeepsThem() throws IOException {
    SpoolWriter writer = writer();
    writer.write(rows(20));
    Staged handle = writer.prepare(1).get(0);

    byte[] bytes = Samples.written(to -> Codec.staged(handle, to));

    assertEquals(values(20), read(Codec.staged(io.penstock.core.state.StateInput.of(bytes))));
  }

  @Test
  void everyFlippedBitIsFound() throws IOException {
    SpoolWriter writer = writer();
    writer.write(rows(6));
    Staged handle = writer.prepare(1).get(0);
    byte[] whole =
        Base64.getDecoder().decode(handle.details().getOrDefault(SpoolWriter.INSIDE, ""));
    for (int bit = 0; bit < whole.length * 8; bit++) {
      byte[] flipped = whole.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      Staged damaged = with(handle, Base64.getEncoder().encodeToString(flipped));

      DamagedException e = assertThrows(DamagedException.class, () -> read(damaged));

      assertThrows(
          DamagedException.class, () -> Spool.verify(disk, FOLDER.resolve("out-1"), damaged));
      assertTrue(
          String.valueOf(e.getMessage())
              .startsWith("`out-1` has " + whole.length + " bytes with checksum "),
          String.valueOf(e.getMessage()));
    }
  }

  @Test
  void aTextThatIsNoBytesIsDamage() throws IOException {
    SpoolWriter writer = writer();
    writer.write(rows(6));
    Staged damaged = with(writer.prepare(1).get(0), "?");

    DamagedException e = assertThrows(DamagedException.class, () -> read(damaged));

    assertTrue(
        String.valueOf(e.getMessage()).startsWith("`out-1` is no text of bytes"),
        String.valueOf(e.getMessage()));
  }

  @Test
  void aNameTellsTheRowsWithoutHoldingThem() throws IOException {
    SpoolWriter writer = writer();
    writer.write(rows(6));
    Staged handle = writer.prepare(1).get(0);
    writer.write(rows(7));
    Staged other = writer.prepare(2).get(0);
    Staged inFile = new Staged(SpoolWriter.KIND, Map.of(SpoolWriter.NAME, "out-1"));

    assertFalse(Spool.named(handle).details().containsKey(SpoolWriter.INSIDE));
    assertEquals(Spool.named(handle), Spool.named(Spool.named(handle)));
    assertNotEquals(Spool.named(handle), Spool.named(other));
    assertEquals(inFile, Spool.named(inFile));
    Map<String, String> named = new HashMap<>(handle.details());
    named.remove(SpoolWriter.INSIDE);
    assertEquals(new Staged(SpoolWriter.KIND, named), Spool.named(handle));
  }

  private static Staged with(Staged handle, String inside) {
    Map<String, String> details = new HashMap<>(handle.details());
    details.put(SpoolWriter.INSIDE, inside);
    return new Staged(handle.kind(), details);
  }
}
