package io.penstock.core.operator;

import io.penstock.core.expression.Aggregates;
import io.penstock.core.state.Entries;
import io.penstock.core.state.EntryBytes;
import io.penstock.core.state.EntrySorter;
import io.penstock.core.state.StateInput;
import io.penstock.core.state.StateOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.LongPredicate;

/**
 * The sessions that stay open, of entries in the order of key and start: those of one key that
 * touch are put together. Those that are over go elsewhere, in the order of their ends.
 */
final class JoinedSessions implements Entries {
  /** So many sessions are put together in one state. */
  private static final int MOST_JOINED = 1024;

  private final Entries from;
  private final LongPredicate isOver;
  private final EntrySorter over;
  private final GroupState.Input input;
  private final StepContext context;
  private final StateInput reading = StateInput.of(new byte[0]);
  private final EntryBytes value = new EntryBytes();
  private final EntryBytes shown = new EntryBytes();
  private final byte[] place = new byte[2 * SpilledSessions.TIME];
  private GroupState state;
  private int joined;
  private byte[] key = new byte[64];
  private int keyLength;
  private long end;
  private long first = Long.MAX_VALUE;
  private boolean ahead;
  private boolean begun;

  JoinedSessions(
      Entries from,
      LongPredicate isOver,
      EntrySorter over,
      GroupState.Input input,
      StepContext context) {
    this.from = from;
    this.isOver = isOver;
    this.over = over;
    this.input = input;
    this.state = input.state();
    this.context = context;
  }

  /** The least end of a session that stays; the greatest number where none does. */
  long first() {
    return first;
  }

  @Override
  public boolean next() throws IOException {
    if (!begun) {
      begun = true;
      ahead = from.next();
    }
    while (ahead) {
      take();
      if (!isOver.test(end)) {
        first = Math.min(first, end);
        return true;
      }
      give();
    }
    return false;
  }

  /** Takes the next session with all that touch it; the entry behind them is ahead then. */
  private void take() throws IOException {
    keyLength = from.keyLength();
    key = key.length < keyLength ? new byte[2 * keyLength] : key;
    System.arraycopy(from.key(), 0, key, 0, keyLength);
    StateInput one = reading.over(from.value(), 0, from.valueLength());
    end = one.fixed();
    StateOutput output = value.begin();
    output.raw(from.value(), 0, from.valueLength());
    int unused = value.end();
    ahead = from.next();
    if (ahead && touches()) {
      join();
    }
  }

  private boolean touches() {
    int length = keyLength - SpilledSessions.TIME;
    return from.keyLength() == keyLength
        && Arrays.equals(from.key(), 0, length, key, 0, length)
        && time(from.key(), length) <= end;
  }

  static long time(byte[] bytes, int at) {
    long ordered = 0;
    for (int i = 0; i < SpilledSessions.TIME; i++) {
      ordered = ordered << 8 | bytes[at + i] & 0xff;
    }
    return ordered ^ Long.MIN_VALUE;
  }

  private void join() throws IOException {
    int group = place();
    long before = state.bytes();
    StateInput one = reading.over(value.array(), 0, value.length());
    end = one.fixed();
    byte[] columns = one.bytes();
    state.read(group, one);
    while (ahead && touches()) {
      StateInput more = reading.over(from.value(), 0, from.valueLength());
      end = Math.max(end, more.fixed());
      // Equal keys may be written in several ways; the first stays.
      byte[] unused = more.bytes();
      state.read(group, more);
      context.memory().requireRoom(context.node(), state.bytes() - before);
      ahead = from.next();
    }
    StateOutput output = value.begin();
    output.fixed(end);
    output.bytes(columns, 0, columns.length);
    for (Aggregates.GroupWriter writer : state.writers()) {
      writer.write(group, output);
    }
    int unused = value.end();
  }

  /** A place for one more session that is put together; the state is begun anew now and then. */
  private int place() {
    if (joined == MOST_JOINED || state.bytes() > context.memory().toSort()) {
      state = input.state();
      joined = 0;
    }
    return joined++;
  }

  private void give() throws IOException {
    long start = time(key, keyLength - SpilledSessions.TIME);
    SpilledSessions.time(end, place, 0);
    SpilledSessions.time(start, place, SpilledSessions.TIME);
    StateOutput output = shown.begin();
    output.fixed(start);
    output.raw(value.array(), 0, value.length());
    int length = shown.end();
    over.add(place, place.length, shown.array(), length);
  }

  @Override
  public byte[] key() {
    return key;
  }

  @Override
  public int keyLength() {
    return keyLength;
  }

  @Override
  public byte[] value() {
    return value.array();
  }

  @Override
  public int valueLength() {
    return value.length();
  }

  @Override
  public void close() throws IOException {
    from.close();
  }
}
