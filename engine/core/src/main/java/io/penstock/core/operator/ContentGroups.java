package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.core.expression.Aggregates;
import io.penstock.core.expression.RowErrors;
import io.penstock.core.state.EntryBytes;
import io.penstock.core.state.StateInput;
import io.penstock.core.state.StateOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Open windows by content with what is computed of each: the keys and bounds in memory, the rest
 * there or in parts on the disk. Single-threaded.
 */
final class ContentGroups {
  /** A batch of results is no larger than this for long. */
  private static final long MOST_RESULTS = 8 << 20;

  private final GroupState.Input input;
  private final ContentWindows.Rule rule;
  private final List<DataType> types;
  private final ContentParts parts;
  private final EntryBytes bytes = new EntryBytes();
  private final StateInput reading = StateInput.of(new byte[0]);
  private final BitSet changed = new BitSet();
  private final BitSet inMemory = new BitSet();
  private ContentWindows windows;
  private GroupState state;

  /** Of the state as it is; none once it has changed. */
  private Aggregates.GroupWriter @Nullable [] writers;

  private long nextName;

  ContentGroups(GroupState.Input input, ContentWindows.Rule rule, ContentParts parts) {
    this.input = input;
    this.rule = rule;
    this.parts = parts;
    this.types = new ArrayList<>(input.types());
    this.types.add(DataType.STRING);
    this.windows = new ContentWindows(types, rule);
    this.state = input.state();
  }

  /** The types of the keys and, at the end, of the partition. */
  List<DataType> types() {
    return types;
  }

  ContentWindows windows() {
    return windows;
  }

  ContentParts parts() {
    return parts;
  }

  /** The open windows that were opened or got rows since this was cleared. */
  BitSet changed() {
    return changed;
  }

  /** No window was given this name or a later one. */
  long nextName() {
    return nextName;
  }

  void nextName(long name) {
    nextName = name;
  }

  /** Says of each row whether the condition is true. */
  @FunctionalInterface
  interface Condition {
    boolean[] of(Batch rows);
  }

  /**
   * Adds rows of one partition; those for which an expression fails are reported and left out.
   *
   * @param over is told of each window that is over, in order
   */
  void add(Batch rows, String partition, Condition condition, RowErrors failed, IntConsumer over) {
    writers = null;
    state.add(
        rows,
        failed,
        (key, good, groups) -> {
          Column[] all = java.util.Arrays.copyOf(key, key.length + 1);
          all[key.length] = Columns.constant(partition, good.size());
          int before = windows.size();
          windows.number(all, good, condition.of(good), groups, nextName, over);
          nextName += windows.size() - before;
          for (int row = 0; row < good.size(); row++) {
            changed.set(groups[row]);
            inMemory.set(groups[row]);
          }
        });
  }

  /** What is computed of a window in memory, as bytes that are good until the next call. */
  EntryBytes written(int window) throws IOException {
    Aggregates.GroupWriter[] all = writers;
    if (all == null) {
      all = state.writers();
      writers = all;
    }
    StateOutput output = bytes.begin();
    for (Aggregates.GroupWriter writer : all) {
      writer.write(window, output);
    }
    int unused = bytes.end();
    return bytes;
  }

  /**
   * The results of some windows.
   *
   * @param numbers of windows that are over
   * @return of how many of them, from the first on
   */
  GroupResults.Part results(int[] numbers, int count) throws IOException {
    GroupState some = input.state();
    int done = 0;
    while (done < count && (done == 0 || some.bytes() < MOST_RESULTS)) {
      int group = done++;
      int window = numbers[group];
      long name = windows.name(window);
      if (parts.has(name)) {
        parts.each(
            name,
            (n, array, from, length) -> some.read(group, reading.over(array, from, from + length)));
        parts.forget(name);
      }
      EntryBytes own = written(window);
      some.read(group, reading.over(own.array(), 0, own.length()));
    }
    Column[] results = new Column[some.calls()];
    for (int i = 0; i < results.length; i++) {
      results[i] = some.results(i);
    }
    Column[] keys = new Column[types.size() - 1];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = windows.key(i, numbers, done);
    }
    return new GroupResults.Part(done, keys, results);
  }

  /** Takes back a window that was open; its number. */
  int restore(ContentWindows.Open one, StateInput computed) throws IOException {
    int window = windows.restore(one);
    inMemory.set(window);
    state.read(window, computed);
    writers = null;
    return window;
  }

  /** Puts what is computed on the disk; the windows stay open. */
  void giveUp() throws IOException {
    try (ContentParts.Writing writing = parts.writing()) {
      for (int at = inMemory.nextSetBit(0); at >= 0; at = inMemory.nextSetBit(at + 1)) {
        if (windows.isOpen(at)) {
          EntryBytes own = written(at);
          writing.add(windows.name(at), own.array(), own.length());
          changed.set(at);
        }
      }
      writing.done();
    }
    inMemory.clear();
    fresh();
  }

  private void fresh() {
    state = input.state();
    writers = null;
  }

  /** The same open windows under new numbers, without those that are over. */
  void compact() throws IOException {
    ContentGroups from = new ContentGroups(input, rule, parts);
    from.windows = windows;
    from.state = state;
    BitSet had = (BitSet) inMemory.clone();
    BitSet touched = (BitSet) changed.clone();
    windows = new ContentWindows(types, rule);
    inMemory.clear();
    changed.clear();
    fresh();
    BitSet open = from.windows.open();
    for (int at = open.nextSetBit(0); at >= 0; at = open.nextSetBit(at + 1)) {
      int window = windows.restore(from.windows.get(at));
      changed.set(window, touched.get(at));
      if (had.get(at)) {
        EntryBytes own = from.written(at);
        inMemory.set(window);
        state.read(window, reading.over(own.array(), 0, own.length()));
      }
    }
  }

  /** About how many bytes the keys and bounds take, which stay in memory. */
  long fixedBytes() {
    return windows.bytes() + parts.bytes();
  }

  /** About how many bytes all takes that is in memory. */
  long bytes() {
    return fixedBytes() + state.bytes();
  }
}
