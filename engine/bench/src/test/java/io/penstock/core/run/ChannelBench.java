package io.penstock.core.run;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Provenance;
import io.penstock.api.data.Schema;
import io.penstock.core.system.SystemScheduler;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/** Batches of one row, the dearest there are, through a channel. */
@State(Scope.Thread)
public class ChannelBench {
  private static final int THREADS = 2;
  private static final long LOOK_AGAIN_NANOS = 1_000_000_000;

  @Param("65536")
  public int rows = 1;

  private final Item item = Item.Rows.of(0, row());
  private final TaskPool pool = new TaskPool(Throwable::printStackTrace);

  /** Starts the threads that do the tasks. */
  @Setup
  public void start() {
    for (int i = 0; i < THREADS; i++) {
      new SystemScheduler().start("task-" + i, pool::work);
    }
  }

  @TearDown
  public void stop() {
    pool.stop();
  }

  /** From a task to another, each on whatever thread is free. */
  @Benchmark
  public int betweenTasks() throws InterruptedException {
    Passage passage = new Passage(pool);
    passage.from.wake();
    while (!pool.isDone() && !pool.isStopped()) {
      pool.awaitEvent(LOOK_AGAIN_NANOS);
    }
    if (passage.taken != rows) {
      throw new AssertionError(passage.taken + " rows of " + rows);
    }
    return passage.taken;
  }

  /** In and out again on one thread, up to a full channel: the price without company. */
  @Benchmark
  public int onOneThread(Blackhole taken) {
    Passage passage = new Passage(new TaskPool(Throwable::printStackTrace));
    int sent = 0;
    while (sent < rows) {
      while (sent < rows && passage.channel.put(item)) {
        sent++;
      }
      for (Item next = passage.channel.poll(); next != null; next = passage.channel.poll()) {
        taken.consume(next);
      }
    }
    return sent;
  }

  private static Batch row() {
    return Batch.of(
        Schema.of(Field.of("n", DataType.INT)),
        1,
        new Column[] {new Column.Longs(1, new long[] {1}, null)},
        Provenance.none("made"));
  }

  /** Rows on their way from one task to the other. */
  private final class Passage {
    private final Task from;
    private final Channel channel;
    private int sent;
    private int taken;

    Passage(TaskPool tasks) {
      from = tasks.task("from", this::send);
      channel = new Channel(from, tasks.task("to", this::take), Channel.MOST_BATCHES);
    }

    private Task.Progress send() {
      while (sent < rows) {
        if (!channel.put(item)) {
          return Task.Progress.WAITS;
        }
        sent++;
      }
      return Task.Progress.DONE;
    }

    private Task.Progress take() {
      while (taken < rows) {
        if (channel.poll() == null) {
          return Task.Progress.WAITS;
        }
        taken++;
      }
      return Task.Progress.DONE;
    }
  }
}
