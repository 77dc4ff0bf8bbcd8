package io.penstock.core.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.system.Disk;
import io.penstock.testkit.MemoryDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Entries on the disk that are found by the begin of their keys, or taken in order. */
class KeyedRunsTest {
  private static final int RUN = 60;
  private static final int RUNS = 40;

  private final MemoryDisk disk = new MemoryDisk();
  private final SpillFolder spill = SpillFolder.shared(disk, Path.of("/tmp/spill"));

  /** A begin of few values, then the number; the value says until when it is asked for. */
  private static byte[] key(int begin, long number) {
    return ByteBuffer.allocate(12).putInt(begin * 0x01010101).putLong(number).array();
  }

  private static byte[] begin(int begin) {
    return Arrays.copyOf(key(begin, 0), 4);
  }

  private static TreeMap<byte[], byte[]> entries(Random random, long from) {
    TreeMap<byte[], byte[]> run = new TreeMap<>(Arrays::compareUnsigned);
    for (int i = 0; i < RUN; i++) {
      byte[] value = new byte[random.nextInt(8) == 0 ? 3_000 : 20];
      value[0] = (byte) (random.nextInt(8) == 0 ? 1 : 100);
      run.put(key(random.nextInt(30), from + i), value);
    }
    return run;
  }

  private KeyedRuns runs(Random random, List<TreeMap<byte[], byte[]>> all, int watermark)
      throws IOException {
    KeyedRuns runs = new KeyedRuns(spill, entry -> entry.value()[0] > watermark);
    for (int run = 0; run < RUNS; run++) {
      long from = (long) run * RUN;
      TreeMap<byte[], byte[]> entries = entries(random, from);
      all.add(entries);
      runs.add(new Given(entries), new KeyedRuns.Extent(RUN, from, from + RUN - 1, 100));
    }
    return runs;
  }

  private static List<Long> found(KeyedRuns runs, int begin) throws IOException {
    List<Long> numbers = new ArrayList<>();
    runs.seek(begin(begin), 4);
    while (runs.next()) {
      numbers.add(KeyedRuns.number(runs.run()));
    }
    return numbers;
  }

  @Test
  void findsAllEntriesOfABeginInTheOrderOfNumbers() throws IOException {
    List<TreeMap<byte[], byte[]>> all = new ArrayList<>();
    KeyedRuns runs = runs(new Random(1), all, 0);

    for (int begin = 0; begin < 32; begin++) {
      byte[] wanted = begin(begin);
      List<Long> numbers = new ArrayList<>();
      all.forEach(
          run ->
              run.keySet().stream()
                  .filter(key -> Arrays.equals(key, 0, 4, wanted, 0, 4))
                  .forEach(key -> numbers.add(ByteBuffer.wrap(key).getLong(4))));
      assertEquals(numbers, found(runs, begin));
    }
    assertTrue(runs.runs().size() < 20, "runs are merged");
    runs.reach(100);
    assertTrue(runs.isEmpty());
    spill.close();
    assertTrue(disk.paths().stream().allMatch(path -> path.toString().endsWith(".lock")));
  }

  @Test
  void whatIsNotToStayGoesWhenRunsAreMerged() throws IOException {
    List<TreeMap<byte[], byte[]>> all = new ArrayList<>();
    KeyedRuns runs = runs(new Random(2), all, 1);

    long stay = all.stream().flatMap(run -> run.values().stream()).filter(v -> v[0] > 1).count();
    assertTrue(runs.count() < RUN * RUNS && runs.count() >= stay);
  }

  @Test
  void marksStayWhereRunsAreMerged() throws IOException {
    Random random = new Random(3);
    KeyedRuns runs = new KeyedRuns(spill, entry -> true);
    List<Long> marked = new ArrayList<>();
    for (int run = 0; run < RUNS; run++) {
      long from = (long) run * RUN;
      runs.add(
          new Given(entries(random, from)), new KeyedRuns.Extent(RUN, from, from + RUN - 1, 1));
      long one = random.nextInt((run + 1) * RUN);
      assertEquals(!marked.contains(one), runs.mark(one));
      marked.add(one);
    }
    for (long number = 0; number < RUN * RUNS; number++) {
      assertEquals(marked.contains(number), runs.isMarked(number));
    }
    assertFalse(runs.isMarked(RUN * RUNS));
  }

  @Test
  void givesEntriesFromANumberOn() throws IOException {
    List<TreeMap<byte[], byte[]>> all = new ArrayList<>();
    KeyedRuns runs = runs(new Random(4), all, 0);

    for (long from : new long[] {0, 61, RUN * RUNS - 1, RUN * RUNS}) {
      long count = 0;
      for (Entries entries : runs.from(from)) {
        try (entries) {
          while (entries.next()) {
            assertTrue(KeyedRuns.number(entries) >= from);
            count++;
          }
        }
      }
      assertEquals(RUN * RUNS - from, count);
    }
  }

  @Test
  void goesToTheEntryBeforeAKey() throws IOException {
    Random random = new Random(5);
    TreeMap<byte[], byte[]> entries = new TreeMap<>(Arrays::compareUnsigned);
    for (int i = 0; i < 40; i++) {
      entries.putAll(entries(random, (long) i * RUN));
    }
    KeyedRun run = KeyedRun.of(spill, new Given(entries), entries.size(), 500);
    for (int i = 0; i < 2_000; i++) {
      byte[] wanted = key(random.nextInt(32), random.nextInt(RUN * 40));
      byte[] before = entries.lowerKey(wanted);
      boolean there = run.seek(wanted, wanted.length) ? run.previous() : run.last();
      assertEquals(before != null, there);
      if (before != null) {
        int at = run.keyFrom();
        assertTrue(Arrays.equals(run.array(), at, at + run.keyLength(), before, 0, 12));
      }
    }
  }

  @Test
  void aFlippedBitIsFoundBeforeItIsUsed() throws IOException {
    Random random = new Random(6);
    for (int i = 0; i < 100; i++) {
      TreeMap<byte[], byte[]> entries = entries(random, 0);
      KeyedRuns runs = new KeyedRuns(spill, entry -> true);
      runs.add(new Given(entries), new KeyedRuns.Extent(RUN, 0, RUN - 1, 1));
      flip(random);
      assertThrows(
          DamagedException.class,
          () -> {
            for (int begin = 0; begin < 30; begin++) {
              found(runs, begin);
            }
          });
      runs.close();
    }
  }

  private void flip(Random random) throws IOException {
    Path run =
        disk.paths().stream()
            .filter(path -> String.valueOf(path.getFileName()).startsWith("r-"))
            .findFirst()
            .orElseThrow();
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

  @Test
  void aQueueGivesTheLeastFirstWhileMoreCome() throws IOException {
    Random random = new Random(7);
    SpilledQueue queue = new SpilledQueue(spill);
    TreeMap<byte[], byte[]> wanted = new TreeMap<>(Arrays::compareUnsigned);
    for (int run = 0; run < RUNS; run++) {
      TreeMap<byte[], byte[]> entries = entries(random, (long) run * RUN);
      queue.add(new Given(entries), (run + 1L) * RUN - 1);
      wanted.putAll(entries);
      for (int i = random.nextInt(50); i > 0; i--) {
        Entries first = queue.first();
        byte[] least = wanted.firstKey();
        assertTrue(Arrays.equals(first.key(), 0, first.keyLength(), least, 0, 12));
        wanted.remove(least);
        queue.take();
      }
      assertEquals(wanted.size(), queue.left());
      long from = random.nextInt((run + 1) * RUN);
      long later =
          wanted.keySet().stream().filter(k -> ByteBuffer.wrap(k).getLong(4) >= from).count();
      try (Entries rest = queue.from(from)) {
        while (rest.next()) {
          later--;
        }
      }
      assertEquals(0, later);
    }
    queue.close();
    assertTrue(queue.isEmpty());
  }

  /** Entries of a map. */
  private static final class Given implements Entries {
    private final List<byte[]> keys;
    private final TreeMap<byte[], byte[]> all;
    private int next;

    Given(TreeMap<byte[], byte[]> all) {
      this.all = all;
      this.keys = new ArrayList<>(all.keySet());
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
      return Objects.requireNonNull(all.get(key()));
    }

    @Override
    public int valueLength() {
      return value().length;
    }

    @Override
    public void close() {}
  }
}
