package io.penstock.core.operator;

import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.core.logical.LogicalNode;
import io.penstock.core.state.Entries;
import io.penstock.core.state.KeptSegments;
import io.penstock.core.state.KnownKeys;
import io.penstock.core.state.SnapshotReader;
import io.penstock.core.state.SnapshotWriter;
import io.penstock.core.state.SortedRuns;
import io.penstock.json.ByteBuilder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The keys that a step has met, in memory as long as there is room, then in files that can be asked
 * for a key. A snapshot gets those met since the one before. Single-threaded.
 */
final class SeenKeys implements Stored, AutoCloseable {
  private static final int LOOK = 4096;

  private final List<DataType> types;
  private final LogicalNode node;
  private final MemoryBudget memory;
  private final MemoryBudget.Share share;
  private final KnownKeys spilled;
  private final SortedRuns none;
  private final KeptSegments kept = new KeptSegments();
  private final ByteBuilder key = new ByteBuilder(64);
  private final CRC32C crc = new CRC32C();
  private KeyIndex index;
  private int durable;
  private long held;

  SeenKeys(List<DataType> types, StepContext context) {
    this.types = List.copyOf(types);
    this.node = context.node();
    this.memory = context.memory();
    this.share = memory.share(context.node());
    this.spilled = new KnownKeys(memory.spill());
    this.none = new SortedRuns(memory.spill());
    this.index = KeyIndex.ofKeysOnly(types);
  }

  /**
   * Takes keys.
   *
   * @param rows gets the rows whose keys were not met before, the first of each
   * @return how many these are
   */
  int take(Column[] keys, int count, int[] rows) {
    int[] ids = new int[count];
    int known = index.size();
    index.number(keys, count, ids);
    int met = known;
    int taken = 0;
    try {
      for (int row = 0; row < count; row++) {
        if (ids[row] == met) {
          met++;
          if (spilled.isEmpty() || !isSpilled(ids[row])) {
            rows[taken++] = row;
          }
        }
      }
      settle();
    } catch (IOException e) {
      throw StepStore.failure(node, e);
    }
    return taken;
  }

  private boolean isSpilled(int id) throws IOException {
    encode(id, key);
    return spilled.has(key.array(), key.length());
  }

  private void encode(int id, ByteBuilder to) {
    KeyOrder.begin(to);
    index.encode(id, to);
    KeyOrder.seal(to, crc);
  }

  /** Accounts for the memory, and spills where there is too little. */
  private void settle() throws IOException {
    boolean fits = hold();
    if (!fits && memory.isWorthGivingUp(index.bytes()) || index.isNearlyFull()) {
      if (durable > 0) {
        spilled.add(sorted(0, durable), durable, false);
      }
      if (index.size() > durable) {
        spilled.add(sorted(durable, index.size()), index.size() - durable, true);
      }
      index = KeyIndex.ofKeysOnly(types);
      durable = 0;
      hold();
    }
  }

  private boolean hold() {
    long now = index.bytes() + spilled.bytes();
    boolean fits = share.hold(now - held);
    held = now;
    return fits;
  }

  private Entries sorted(int from, int to) {
    int[] order = KeyOrder.of(index, from, to);
    int[] next = {0};
    MadeEntries.Entry entry = new MadeEntries.Entry();
    return new MadeEntries() {
      @Override
      public boolean next() {
        if (next[0] == order.length) {
          return false;
        }
        encode(order[next[0]++], entry.key());
        return true;
      }

      @Override
      public Entry entry() {
        return entry;
      }
    };
  }

  @Override
  public void snapshot(SnapshotWriter to) throws IOException {
    List<Entries> fresh = new ArrayList<>(spilled.fresh());
    long bytes = spilled.freshBytes();
    if (index.size() > durable) {
      fresh.add(sorted(durable, index.size()));
      bytes += index.bytes() / index.size() * (index.size() - durable) / 2;
    }
    kept.snapshot(to, new KeptSegments.Fresh(none, fresh, bytes, 0), entries -> entries);
    spilled.settled();
    durable = index.size();
  }

  @Override
  public void restore(SnapshotReader from) throws IOException {
    kept.restore(from);
    int seen = 0;
    for (Entries segment : kept.open()) {
      try (segment) {
        while (segment.next()) {
          index.add(segment.key(), KeyOrder.HASH, segment.keyLength());
          durable = index.size();
          if (++seen % LOOK == 0) {
            settle();
          }
        }
      }
    }
    settle();
  }

  @Override
  public void close() {
    share.hold(-held);
    held = 0;
    try {
      spilled.close();
    } catch (IOException e) {
      // What is left is deleted with the folder.
    }
  }
}
