package io.penstock.core.state;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.system.Disk;
import io.penstock.testkit.MemoryDisk;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SegmentFolderTest {
  private static final Path FOLDER = Path.of("/run/state");
  private static final int LARGE = 3 * Segment.MOST_INLINE / 2;

  private final MemoryDisk disk = new MemoryDisk();
  private final SegmentFolder folder = new SegmentFolder(disk, FOLDER);

  @Test
  void smallSegmentsLieInTheCheckpoint() throws IOException {
    byte[] bytes = random(1000, 1);

    Segment segment = written(folder.writer(5, "2"), bytes);

    assertInstanceOf(Segment.Inline.class, segment);
    assertTrue(disk.paths().isEmpty());
    assertArrayEquals(bytes, read(segment, bytes.length));
  }

  @Test
  void largeSegmentsLieInFilesOfTheirOwn() throws IOException {
    byte[] bytes = random(LARGE, 2);
    SegmentWriter writer = folder.writer(5, "2");

    Segment.InFile first = (Segment.InFile) written(writer, bytes);
    Segment.InFile second = (Segment.InFile) written(writer, bytes);

    assertEquals("s-5-2-0", first.name());
    assertEquals("s-5-2-1", second.name());
    assertEquals(List.of(first, second), writer.segments());
    assertEquals(first.length(), disk.entry(FOLDER.resolve("s-5-2-0")).orElseThrow().size());
    assertArrayEquals(bytes, read(first, bytes.length));
    folder.verify(second);
  }

  @Test
  void segmentsInTheCheckpointAreBoundedTogether() throws IOException {
    SegmentWriter before = folder.writer(1, "0");
    Segment kept = written(before, random(Segment.MOST_INLINE - 100, 3));
    SegmentWriter writer = folder.writer(2, "0");
    writer.keep(kept);

    Segment fits = written(writer, random(100, 4));
    Segment tooMuch = written(writer, random(100, 5));

    assertInstanceOf(Segment.Inline.class, fits);
    assertInstanceOf(Segment.InFile.class, tooMuch);
    assertEquals(List.of(kept, fits, tooMuch), writer.segments());
  }

  @Test
  void segmentsAreWrittenAsWhatTheyAre() throws IOException {
    SegmentWriter writer = folder.writer(3, "7");
    List<Segment> segments =
        List.of(written(writer, random(10, 6)), written(writer, random(LARGE, 7)));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    StateOutput output = new StateOutput(bytes::write);
    for (Segment segment : segments) {
      SegmentFolder.write(segment, output);
    }
    output.flush();

    StateInput input = StateInput.of(bytes.toByteArray());

    assertEquals(segments.get(0), SegmentFolder.read(input));
    assertEquals(segments.get(1), SegmentFolder.read(input));
    assertTrue(input.atEnd());
    assertEquals(segments, folder.reader(segments).segments());
  }

  @Test
  void deletesWhatNobodyNeeds() throws IOException {
    Segment.InFile kept = (Segment.InFile) written(folder.writer(1, "0"), random(LARGE, 8));
    written(folder.writer(2, "0"), random(LARGE, 9));
    disk.with(FOLDER.resolve("other"), "not ours");

    folder.retain(Set.of(kept.name()));

    assertEquals(List.of(FOLDER.resolve("other"), FOLDER.resolve(kept.name())), disk.paths());
  }

  @Test
  void noNameIsUsedTwice() throws IOException {
    Segment.InFile first = (Segment.InFile) written(folder.writer(1, "0"), random(LARGE, 10));
    Segment.InFile again = (Segment.InFile) written(folder.writer(1, "0"), random(LARGE, 11));

    assertTrue(!first.name().equals(again.name()));
    folder.verify(first);
    folder.verify(again);
  }

  @Test
  void everyFlippedBitIsFound() throws IOException {
    Segment.InFile segment = (Segment.InFile) written(folder.writer(1, "0"), random(LARGE, 12));
    byte[] whole = content(segment);
    Random random = new Random(13);
    for (int i = 0; i < 400; i++) {
      // The heads of blocks, and places in between.
      int place =
          i < 100
              ? i % 25 * (BlockOutput.MOST + BlockOutput.HEADER) + i / 4 % BlockOutput.HEADER
              : random.nextInt(whole.length);
      place = Math.min(place, whole.length - 1);
      byte[] flipped = whole.clone();
      flipped[place] ^= (byte) (1 << random.nextInt(8));
      put(segment, flipped, flipped.length);

      DamagedException e = assertThrows(DamagedException.class, () -> folder.verify(segment));

      assertTrue(
          String.valueOf(e.getMessage()).startsWith("`s-1-0-0` is damaged from offset "),
          e::getMessage);
    }
    put(segment, whole, whole.length);
    folder.verify(segment);
  }

  @Test
  void everyTruncationIsFound() throws IOException {
    Segment.InFile segment = (Segment.InFile) written(folder.writer(1, "0"), random(LARGE, 14));
    byte[] whole = content(segment);
    Random random = new Random(15);
    for (int i = 0; i < 60; i++) {
      int length = i < 20 ? whole.length - 1 - i : random.nextInt(whole.length);
      put(segment, whole, length);

      DamagedException e = assertThrows(DamagedException.class, () -> folder.verify(segment));

      assertTrue(
          String.valueOf(e.getMessage())
              .contains("it has " + length + " bytes, not " + whole.length),
          e::getMessage);
    }
    put(segment, java.util.Arrays.copyOf(whole, whole.length + 1), whole.length + 1);
    assertThrows(DamagedException.class, () -> folder.verify(segment));
  }

  @Test
  void aMissingFileIsDamaged() throws IOException {
    Segment.InFile segment = (Segment.InFile) written(folder.writer(1, "0"), random(LARGE, 16));
    disk.delete(FOLDER.resolve(segment.name()));

    DamagedException e = assertThrows(DamagedException.class, () -> folder.open(segment));

    assertTrue(String.valueOf(e.getMessage()).startsWith("`s-1-0-0` is missing"), e::getMessage);
  }

  @Test
  void swappedBlocksAreFound() throws IOException {
    Segment.InFile segment = (Segment.InFile) written(folder.writer(1, "0"), random(LARGE, 17));
    byte[] whole = content(segment);
    int block = BlockOutput.MOST + BlockOutput.HEADER;
    byte[] swapped = whole.clone();
    System.arraycopy(whole, 0, swapped, block, block);
    System.arraycopy(whole, block, swapped, 0, block);
    put(segment, swapped, swapped.length);

    DamagedException e = assertThrows(DamagedException.class, () -> folder.verify(segment));

    assertTrue(String.valueOf(e.getMessage()).contains("offset 0"), e::getMessage);
  }

  private static Segment written(SegmentWriter writer, byte[] bytes) throws IOException {
    StateOutput output = writer.begin();
    output.raw(bytes, 0, bytes.length / 2);
    output.raw(bytes, bytes.length / 2, bytes.length - bytes.length / 2);
    return writer.end(1);
  }

  private byte[] read(Segment segment, int length) throws IOException {
    try (StateInput input = folder.open(segment)) {
      byte[] bytes = input.raw(length);
      assertTrue(input.atEnd());
      return bytes;
    }
  }

  private byte[] content(Segment.InFile segment) throws IOException {
    try (Disk.Reading reading = disk.read(FOLDER.resolve(segment.name()))) {
      byte[] bytes = new byte[(int) reading.length()];
      assertEquals(bytes.length, reading.read(0, bytes, 0, bytes.length));
      return bytes;
    }
  }

  private void put(Segment.InFile segment, byte[] bytes, int length) throws IOException {
    try (Disk.Writing writing = disk.create(FOLDER.resolve(segment.name()))) {
      writing.write(bytes, 0, length);
    }
  }

  private static byte[] random(int length, long seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }
}
