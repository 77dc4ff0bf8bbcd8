package io.penstock.core.operator;

import io.penstock.api.data.Column;
import io.penstock.core.state.EntryBytes;
import io.penstock.core.state.EntrySorter;
import io.penstock.core.state.KeptSegments;
import io.penstock.core.state.RowCodec;
import io.penstock.core.state.SnapshotReader;
import io.penstock.core.state.SnapshotWriter;
import io.penstock.core.state.SortedRuns;
import io.penstock.core.state.StateOutput;
import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.function.UnaryOperator;

/**
 * Open sessions on the disk, in the order of key and start. What is one session may lie there in
 * several parts, of which each was in memory at another time; whoever looks for sessions that are
 * over goes through all of them, puts touching ones together, and writes anew what stays open.
 * Single-threaded.
 */
final class SpilledSessions implements Stored, AutoCloseable {
  /** A time at the end of a key, so that those of one key are in its order. */
  static final int TIME = Long.BYTES;

  private final StepContext context;
  private final GroupState.Input input;
  private final KeyEncoder encoder = new KeyEncoder();
  private final EntryBytes columns = new EntryBytes();
  private final EntryBytes value = new EntryBytes();
  private SortedRuns runs;
  private KeptSegments kept = new KeptSegments();
  private long first = Long.MAX_VALUE;

  SpilledSessions(GroupState.Input input, StepContext context) {
    this.input = input;
    this.context = context;
    this.runs = new SortedRuns(context.memory().spill());
  }

  boolean isEmpty() {
    return runs.isEmpty() && kept.isEmpty();
  }

  /** No session there ends before this. */
  long first() {
    return first;
  }

  /** Takes all sessions that are open in memory, where they stay. */
  void add(SessionGroups groups) throws IOException {
    Sessions sessions = groups.sessions();
    BitSet open = sessions.open();
    try (EntrySorter sorter =
        new EntrySorter(context.memory().spill(), context.memory().toSort())) {
      byte[] key = new byte[64];
      int[] one = new int[1];
      for (int at = open.nextSetBit(0); at >= 0; at = open.nextSetBit(at + 1)) {
        one[0] = at;
        Column[] parts = groups.keys(one, 1);
        key = encoded(parts, sessions.start(at), key);
        write(parts, sessions.end(at), groups.written(at));
        sorter.add(key, encoder.bytes().length() + TIME, value.array(), value.length());
        first = Math.min(first, sessions.end(at));
      }
      runs.add(sorter.sorted());
    }
  }

  private byte[] encoded(Column[] parts, long start, byte[] into) {
    encoder.clear();
    for (int i = 0; i < parts.length; i++) {
      encoder.value(input.types().get(i), parts[i], 0);
    }
    int length = encoder.bytes().length();
    byte[] key = into.length < length + TIME ? new byte[2 * (length + TIME)] : into;
    System.arraycopy(encoder.bytes().array(), 0, key, 0, length);
    time(start, key, length);
    return key;
  }

  /** A time as bytes of the same order. */
  static void time(long time, byte[] into, int at) {
    SpilledGroups.bigEndian(time ^ Long.MIN_VALUE, into, at);
  }

  private void write(Column[] parts, long end, EntryBytes computed) throws IOException {
    StateOutput key = columns.begin();
    for (Column part : parts) {
      RowCodec.write(part, 0, key);
    }
    int length = columns.end();
    StateOutput output = value.begin();
    output.fixed(end);
    output.bytes(columns.array(), 0, length);
    output.raw(computed.array(), 0, computed.length());
    int unused = value.end();
  }

  /** Takes out all sessions that are over by their end. */
  OverSessions over(LongPredicate isOver) throws IOException {
    EntrySorter sorter = new EntrySorter(context.memory().spill(), context.memory().toSort());
    SortedRuns left = new SortedRuns(context.memory().spill());
    try {
      JoinedSessions joined =
          new JoinedSessions(runs.entries(kept.open(), List.of()), isOver, sorter, input, context);
      left.add(joined);
      first = joined.first();
      runs.close();
      if (joined.first() == Long.MAX_VALUE) {
        left.close();
      }
    } catch (IOException | RuntimeException e) {
      sorter.close();
      left.close();
      throw e;
    }
    runs = left;
    kept = new KeptSegments();
    return new OverSessions(sorter.sorted(), input);
  }

  @Override
  public void snapshot(SnapshotWriter to) throws IOException {
    kept.snapshot(to, new KeptSegments.Fresh(runs, List.of(), 0, 0), UnaryOperator.identity());
    runs.close();
  }

  @Override
  public void restore(SnapshotReader from) throws IOException {
    long unused = kept.restore(from);
    first = kept.isEmpty() ? Long.MAX_VALUE : Long.MIN_VALUE;
  }

  @Override
  public void close() {
    try {
      runs.close();
    } catch (IOException e) {
      // What is left is deleted with the folder.
    }
  }
}
