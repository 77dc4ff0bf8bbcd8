package io.penstock.core.operator;

import io.penstock.core.state.Entries;
import io.penstock.core.state.EntryBytes;
import io.penstock.core.state.KeyedRun;
import io.penstock.core.state.KeyedValues;
import io.penstock.core.state.LeftEntries;
import io.penstock.core.state.StateInput;
import io.penstock.core.state.StateOutput;
import io.penstock.json.ByteBuilder;
import java.io.IOException;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * What a step knows of keys and has no room for in memory: bytes for each, of which the last that
 * were added count. Single-threaded.
 */
final class SpilledValues implements AutoCloseable {
  private final StepContext context;
  private final KeyedValues values;
  private final ByteBuilder key = new ByteBuilder(64);
  private final CRC32C crc = new CRC32C();
  private final StateInput reading = StateInput.of(new byte[0]);

  /**
   * Nothing yet.
   *
   * @param stays which values are to be found still
   */
  SpilledValues(StepContext context, LeftEntries.Stays stays) {
    this.context = context;
    this.values = new KeyedValues(context.memory().spill(), stays);
  }

  /** What is known of keys in memory, by their numbers. */
  interface Known {
    /** Writes what is known of a key; false where nothing is to be written. */
    boolean write(int id, StateOutput to) throws IOException;
  }

  /** What is read of one key. */
  interface Reader<T> {
    T read(StateInput from) throws IOException;
  }

  boolean isEmpty() {
    return values.isEmpty();
  }

  /** How many values there are at most. */
  long count() {
    return values.count();
  }

  /** How many bytes of memory it takes. */
  long bytes() {
    return values.bytes();
  }

  /** Takes what is known of the keys of an index. */
  void add(KeyIndex index, Known known) {
    try {
      values.add(new Sorted(index, known), index.size());
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private void encode(KeyIndex index, int id, ByteBuilder to) {
    KeyOrder.begin(to);
    index.encode(id, to);
    KeyOrder.seal(to, crc);
  }

  /** Keys in their order, with what is known of them. */
  private final class Sorted implements MadeEntries {
    private final KeyIndex index;
    private final Known known;
    private final int[] order;
    private final Entry entry = new Entry();
    private int next;

    Sorted(KeyIndex index, Known known) {
      this.index = index;
      this.known = known;
      this.order = KeyOrder.of(index);
    }

    @Override
    public boolean next() throws IOException {
      while (next < order.length) {
        int id = order[next++];
        EntryBytes value = entry.value();
        boolean written = known.write(id, value.begin());
        int unused = value.end();
        if (written) {
          encode(index, id, entry.key());
          return true;
        }
      }
      return false;
    }

    @Override
    public Entry entry() {
      return entry;
    }
  }

  /** Reads the value of a key of an index; empty where there is none. */
  <T> Optional<T> find(KeyIndex index, int id, Reader<T> reader) {
    if (values.isEmpty()) {
      return Optional.empty();
    }
    encode(index, id, key);
    return find(reader);
  }

  /** Reads the value of the key that an index would encode so. */
  <T> Optional<T> find(byte[] encoded, Reader<T> reader) {
    KeyOrder.begin(key);
    key.append(encoded, 0, encoded.length);
    KeyOrder.seal(key, crc);
    return find(reader);
  }

  private <T> Optional<T> find(Reader<T> reader) {
    try {
      Optional<KeyedRun> found = values.find(key.array(), key.length());
      if (found.isEmpty()) {
        return Optional.empty();
      }
      KeyedRun run = found.get();
      int from = run.valueFrom();
      return Optional.of(reader.read(reading.over(run.array(), from, from + run.valueLength())));
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** The number in an index of the key of an entry; -1 where it has none. */
  static int number(KeyIndex index, Entries entry, boolean add) {
    return index.number(entry.key(), KeyOrder.HASH, entry.keyLength(), add);
  }

  /** The last value of each key; more may be added until it is closed. */
  Entries all() throws IOException {
    return values.all();
  }

  /** The last value of each key that has one that no snapshot has; to be closed. */
  Entries fresh() throws IOException {
    return values.fresh();
  }

  /** A snapshot has all of them. */
  void settled() throws IOException {
    values.settled();
  }

  /** What an error of the disk means for the step. */
  RuntimeException failure(IOException e) {
    return StepStore.failure(context.node(), e);
  }

  @Override
  public void close() {
    try {
      values.close();
    } catch (IOException e) {
      // What is left is deleted with the folder.
    }
  }
}
