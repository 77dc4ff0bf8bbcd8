package io.penstock.testkit;

import io.penstock.api.data.Batch;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.sink.Rejects;
import io.penstock.api.sink.Sink;
import io.penstock.api.sink.SinkConfig;
import io.penstock.api.sink.SinkContext;
import io.penstock.api.sink.SinkRows;
import io.penstock.api.sink.SinkTraits;
import io.penstock.api.sink.SinkUse;
import io.penstock.api.sink.SinkWriter;
import io.penstock.api.sink.Staged;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/**
 * A staged sink that keeps what was committed, for tests to look at.
 *
 * @param committed filled by commits
 * @param log what the engine called: {@code prepare 1}, {@code commit 1}, {@code abort 1}, {@code
 *     close}
 * @param rejects which rows it refuses, by their number from 0
 */
public record CollectingSink(List<Batch> committed, List<String> log, IntPredicate rejects)
    implements SinkConfig {
  /** An empty sink that takes every row. */
  public static CollectingSink empty() {
    return new CollectingSink(new ArrayList<>(), new ArrayList<>(), row -> false);
  }

  /** An empty sink that refuses some rows. */
  public static CollectingSink refusing(IntPredicate rejects) {
    return new CollectingSink(new ArrayList<>(), new ArrayList<>(), rejects);
  }

  @Override
  public SinkTraits traits(SinkUse use) {
    return new SinkTraits(SinkTraits.Kind.STAGED, false, false);
  }

  @Override
  public boolean needsFormat() {
    return false;
  }

  @Override
  public Sink sink() {
    List<List<Batch>> staged = new ArrayList<>();
    return new Sink() {
      @Override
      public void open(SinkContext run) {
        // Nothing to open.
      }

      @Override
      public SinkWriter writer(int index) {
        return new Writer(staged, log, rejects);
      }

      @Override
      public Rejects commit(long epoch, long previous, List<Staged> handles) {
        log.add("commit " + epoch);
        for (Staged handle : handles) {
          committed.addAll(staged.get(Integer.parseInt(handle.kind())));
        }
        return Rejects.NONE;
      }

      @Override
      public void abort(long epoch, List<Staged> handles) {
        log.add("abort " + epoch);
      }

      @Override
      public void close() {
        log.add("close");
      }
    };
  }

  private static final class Writer implements SinkWriter {
    private final List<List<Batch>> staged;
    private final List<String> log;
    private final IntPredicate rejects;
    private List<Batch> rows = new ArrayList<>();
    private int seen;

    Writer(List<List<Batch>> staged, List<String> log, IntPredicate rejects) {
      this.staged = staged;
      this.log = log;
      this.rejects = rejects;
    }

    @Override
    public Rejects write(SinkRows given) throws IOException {
      Batch batch = given.rows();
      List<Rejects.Reject> refused = new ArrayList<>();
      int[] kept = new int[batch.size()];
      int count = 0;
      for (int row = 0; row < batch.size(); row++) {
        if (rejects.test(seen++)) {
          refused.add(new Rejects.Reject(row, ProblemCode.D301, "the test refuses this row"));
        } else {
          kept[count++] = row;
        }
      }
      rows.add(batch.gather(kept, count));
      return new Rejects(refused);
    }

    @Override
    public List<Staged> prepare(long epoch) {
      log.add("prepare " + epoch);
      staged.add(rows);
      rows = new ArrayList<>();
      return List.of(new Staged(Integer.toString(staged.size() - 1), Map.of()));
    }

    @Override
    public void close() {
      // Nothing is held.
    }
  }
}
