package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.core.expression.Aggregates;
import io.penstock.core.expression.RowErrors;
import io.penstock.core.state.EntryBytes;
import io.penstock.core.state.StateInput;
import io.penstock.core.state.StateOutput;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Open sessions with what is computed of each. Single-threaded. */
final class SessionGroups {
  private final GroupState.Input input;
  private final int parts;
  private final long gap;
  private final EntryBytes bytes = new EntryBytes();
  private final StateInput reading = StateInput.of(new byte[0]);
  private Sessions sessions;
  private GroupState state;

  SessionGroups(GroupState.Input input, long gap) {
    this.input = input;
    this.parts = input.types().size();
    this.gap = gap;
    this.sessions = new Sessions(input.types(), gap);
    this.state = input.state();
  }

  Sessions sessions() {
    return sessions;
  }

  /** Adds rows; those for which an expression fails are reported and left out. */
  void add(Batch rows, RowErrors failed) {
    state.add(rows, failed, (key, good, groups) -> sessions.number(key, good, groups, this::join));
  }

  private void join(int into, int from) {
    try {
      state.read(into, read(from));
    } catch (IOException e) {
      throw new UncheckedIOException("bytes in memory", e);
    }
  }

  /** What is computed of a session, as bytes that are good until the next call. */
  EntryBytes written(int session) throws IOException {
    StateOutput output = bytes.begin();
    for (Aggregates.GroupWriter writer : state.writers()) {
      writer.write(session, output);
    }
    int unused = bytes.end();
    return bytes;
  }

  private StateInput read(int session) throws IOException {
    EntryBytes written = written(session);
    return reading.over(written.array(), 0, written.length());
  }

  /** The results of some sessions. */
  GroupResults.Part results(int[] numbers, int count) {
    GroupState some = input.state();
    try {
      for (int i = 0; i < count; i++) {
        some.read(i, read(numbers[i]));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("bytes in memory", e);
    }
    Column[] results = new Column[some.calls()];
    for (int i = 0; i < results.length; i++) {
      results[i] = some.results(i);
    }
    return new GroupResults.Part(count, keys(numbers, count), results);
  }

  /** The keys of some sessions. */
  Column[] keys(int[] numbers, int count) {
    Column[] keys = new Column[parts];
    for (int i = 0; i < parts; i++) {
      keys[i] = sessions.key(i, numbers, count);
    }
    return keys;
  }

  /**
   * Takes back a session.
   *
   * @param key one row
   * @return its number
   */
  int restore(Column[] key, long start, long end, StateInput from) throws IOException {
    int session = sessions.restore(key, start, end);
    state.read(session, from);
    return session;
  }

  /** The same open sessions under new numbers, without those that are over. */
  void compact() {
    SessionGroups fresh = new SessionGroups(input, gap);
    try {
      int[] one = new int[1];
      for (int at = sessions.open().nextSetBit(0);
          at >= 0;
          at = sessions.open().nextSetBit(at + 1)) {
        one[0] = at;
        int unused = fresh.restore(keys(one, 1), sessions.start(at), sessions.end(at), read(at));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("bytes in memory", e);
    }
    sessions = fresh.sessions;
    state = fresh.state;
  }

  long bytes() {
    return sessions.bytes() + state.bytes();
  }
}
