package io.penstock.core.operator;

import io.penstock.core.state.Entries;
import io.penstock.core.state.SpilledQueue;
import io.penstock.core.state.StateInput;
import io.penstock.core.state.StateOutput;
import io.penstock.json.ByteBuilder;
import java.io.IOException;
import java.util.Arrays;

/**
 * Which groups of a step {@code over} have rows on the disk that wait for their values, in the
 * order in which the rows came: the number of each, its time, the key of its group.
 * Single-threaded.
 */
final class SpilledWaiting implements AutoCloseable {
  private final StepContext context;
  private final SpilledQueue rows;
  private final StateInput value = StateInput.of(new byte[0]);

  SpilledWaiting(StepContext context) {
    this.context = context;
    this.rows = new SpilledQueue(context.memory().spill());
  }

  /** One row after the other. */
  interface Rows {
    /** Goes to the next; false at the end. */
    boolean next();

    long number();

    long time();

    /** Appends the key of its group. */
    void key(ByteBuilder to);
  }

  boolean isEmpty() {
    return rows.isEmpty();
  }

  /** Takes rows, which come after those so far. */
  void add(Rows added) {
    try {
      rows.add(new Made(added), Long.MAX_VALUE);
    } catch (IOException e) {
      throw StepStore.failure(context.node(), e);
    }
  }

  /** Rows as entries. */
  private static final class Made implements MadeEntries {
    private final Rows rows;
    private final Entry entry = new Entry();
    private final ByteBuilder group = new ByteBuilder(64);

    Made(Rows rows) {
      this.rows = rows;
    }

    @Override
    public boolean next() throws IOException {
      if (!rows.next()) {
        return false;
      }
      entry.key().truncate(0);
      JoinRun.number(rows.number(), entry.key());
      group.truncate(0);
      rows.key(group);
      StateOutput to = entry.value().begin();
      to.fixed(rows.time());
      to.raw(group.array(), 0, group.length());
      int unused = entry.value().end();
      return true;
    }

    @Override
    public Entry entry() {
      return entry;
    }
  }

  /** The time of the first row. */
  long firstTime() {
    try {
      Entries first = rows.first();
      return value.over(first.value(), 0, first.valueLength()).fixed();
    } catch (IOException e) {
      throw StepStore.failure(context.node(), e);
    }
  }

  /** Takes the first row away; the key of its group. */
  byte[] take() {
    try {
      Entries first = rows.first();
      byte[] key = Arrays.copyOfRange(first.value(), Long.BYTES, first.valueLength());
      rows.take();
      return key;
    } catch (IOException e) {
      throw StepStore.failure(context.node(), e);
    }
  }

  @Override
  public void close() {
    try {
      rows.close();
    } catch (IOException e) {
      // What is left is deleted with the folder.
    }
  }
}
