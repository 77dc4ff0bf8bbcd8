package io.penstock.core.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.system.Disk;
import io.penstock.testkit.MemoryDisk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Entries in runs: sorted, merged in passes, found, and damaged. */
class SortedEntriesTest {
  private static final Path PARENT = Path.of("/tmp/spill");

  private final MemoryDisk disk = new MemoryDisk();
  private final SpillFolder spill = SpillFolder.shared(disk, PARENT);

  @Test
  void sortsInManyRunsAndKeepsTheOrderOfEqualKeys() throws IOException {
    Random random = new Random(1);
    List<String> wanted = new ArrayList<>();
    // About 700 runs, so that they are merged in three passes.
    EntrySorter sorter = new EntrySorter(spill, 2_000);
    for (int i = 0; i < 30_000; i++) {
      String key = "k".repeat(random.nextInt(12)) + (char) random.nextInt(3) + random.nextInt(900);
      wanted.add(key + "=" + i);
      byte[] keyBytes = bytes(key);
      byte[] value = bytes(String.valueOf(i));
      sorter.add(keyBytes, keyBytes.length, value, value.length);
    }
    wanted.sort(Comparator.comparing(entry -> entry.substring(0, entry.indexOf('='))));

    assertEquals(wanted, read(sorter.sorted()));
    assertTrue(spill.written() > 0);
    assertEquals(List.of(), runs(), "closing deletes what was spilled");
  }

  @Test
  void findsEveryKeyThatIsThereAndNoOther() throws IOException {
    Random random = new Random(2);
    KnownKeys known = new KnownKeys(spill);
    List<byte[]> all = new ArrayList<>();
    for (int run = 0; run < 40; run++) {
      TreeSet<byte[]> keys = new TreeSet<>(java.util.Arrays::compareUnsigned);
      for (int i = 0; i < 800; i++) {
        keys.add(key(random, i % 50 == 0));
      }
      all.addAll(keys);
      known.add(new Given(new ArrayList<>(keys)), keys.size(), run % 3 == 0);
    }

    for (byte[] key : all) {
      assertTrue(known.has(key, key.length));
    }
    Set<String> there = new HashSet<>();
    all.forEach(key -> there.add(new String(key, StandardCharsets.ISO_8859_1)));
    for (int i = 0; i < 20_000; i++) {
      byte[] other = key(random, i % 2 == 0);
      assertEquals(
          there.contains(new String(other, StandardCharsets.ISO_8859_1)),
          known.has(other, other.length));
    }
    assertTrue(runs().size() <= 2 * SortedRuns.MOST_OPEN, "runs are merged");
    known.close();
    assertEquals(List.of(), runs());
  }

  /** Keys with many equal hashes, some larger than a block. */
  private static byte[] key(Random random, boolean large) {
    byte[] key = new byte[large ? 5 + random.nextInt(3) * 9_000 : 5 + random.nextInt(4)];
    key[0] = (byte) random.nextInt(256);
    key[2] = (byte) random.nextInt(3);
    key[4] = (byte) random.nextInt(256);
    key[key.length - 1] = (byte) random.nextInt(256);
    return key;
  }

  @Test
  void aFlippedBitInARunIsFoundBeforeItIsUsed() throws IOException {
    Random random = new Random(3);
    for (int i = 0; i < 200; i++) {
      SortedRuns sorted = new SortedRuns(spill);
      KnownKeys known = new KnownKeys(spill);
      TreeSet<byte[]> keys = new TreeSet<>(java.util.Arrays::compareUnsigned);
      for (int k = 0; k < 3_000; k++) {
        keys.add(key(random, false));
      }
      sorted.add(new Given(new ArrayList<>(keys)));
      known.add(new Given(new ArrayList<>(keys)), keys.size(), false);
      for (Path run : runs()) {
        flip(run, random);
      }

      assertThrows(DamagedException.class, () -> read(sorted.entries(List.of(), List.of())));
      assertThrows(
          DamagedException.class,
          () -> {
            for (byte[] key : keys) {
              assertTrue(known.has(key, key.length), "never a wrong answer");
            }
          });
      sorted.close();
      known.close();
    }
  }

  @Test
  void runsOfSeveralProcessesDoNotMeet() throws IOException {
    SpillFolder other = SpillFolder.shared(disk, PARENT);
    SortedRuns own = new SortedRuns(spill);
    SortedRuns theirs = new SortedRuns(other);
    own.add(new Given(List.of(bytes("a"))));
    theirs.add(new Given(List.of(bytes("b"))));

    assertEquals(2, runs().size());
    SpillFolder.shared(disk, PARENT).clean();
    assertEquals(List.of("a="), read(own.entries(List.of(), List.of())), "it is at work");
    spill.close();
    assertEquals(1, runs().size());
    other.close();
    assertEquals(List.of(), runs());
  }

  @Test
  void whatADeadProcessHasLeftIsDeleted() throws IOException {
    disk.with(PARENT.resolve("0.lock"), "").with(PARENT.resolve("0").resolve("r-7"), "left");
    disk.with(PARENT.resolve("0").resolve("mine.txt"), "not ours");

    SpillFolder.shared(disk, PARENT).clean();
    assertEquals(Optional.of("not ours"), disk.text(PARENT.resolve("0").resolve("mine.txt")));
    disk.delete(PARENT.resolve("0").resolve("mine.txt"));
    SpillFolder.shared(disk, PARENT).clean();

    assertEquals(List.of(), runs());
    assertEquals(Optional.empty(), disk.entry(PARENT.resolve("0")));
    SpillFolder.shared(disk, Path.of("/nowhere")).clean();
    assertFalse(disk.entry(Path.of("/nowhere")).isPresent());
  }

  private void flip(Path run, Random random) throws IOException {
    byte[] whole;
    try (Disk.Reading reading = disk.read(run)) {
      whole = new byte[(int) reading.length()];
      reading.read(0, whole, 0, whole.length);
    }
    whole[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
    try (Disk.Writing writing = disk.create(run)) {
      writing.write(whole, 0, whole.length);
    }
  }

  private List<Path> runs() {
    return disk.paths().stream()
        .filter(path -> String.valueOf(path.getFileName()).startsWith("r-"))
        .toList();
  }

  private static List<String> read(Entries entries) throws IOException {
    List<String> read = new ArrayList<>();
    try (entries) {
      while (entries.next()) {
        read.add(
            text(entries.key(), entries.keyLength())
                + "="
                + text(entries.value(), entries.valueLength()));
      }
    }
    return read;
  }

  private static String text(byte[] bytes, int length) {
    return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Keys without values. */
  private static final class Given implements Entries {
    private final List<byte[]> keys;
    private int next;

    Given(List<byte[]> keys) {
      this.keys = keys;
    }

    @Override
    public boolean next() {
      return next++ < keys.size();
    }

    @Override
    public byte[] key() {
      return keys.get(next - 1);
    }

    @Override
    public int keyLength() {
      return key().length;
    }

    @Override
    public byte[] value() {
      return key();
    }

    @Override
    public int valueLength() {
      return 0;
    }

    @Override
    public void close() {}
  }
}
