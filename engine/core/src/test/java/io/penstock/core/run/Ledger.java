package io.penstock.core.run;

import io.penstock.api.data.Column;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.sink.Rejects;
import io.penstock.api.sink.Sink;
import io.penstock.api.sink.SinkConfig;
import io.penstock.api.sink.SinkContext;
import io.penstock.api.sink.SinkRows;
import io.penstock.api.sink.SinkTraits;
import io.penstock.api.sink.SinkUse;
import io.penstock.api.sink.SpoolReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongPredicate;

/** A spooled sink that takes an epoch's rows once, like a database with a row for the epoch. */
final class Ledger implements SinkConfig {
  private final List<Long> rows = new ArrayList<>();
  private final LongPredicate refuses;
  private long epoch;
  private Rejects last = Rejects.NONE;

  Ledger(LongPredicate refuses) {
    this.refuses = refuses;
  }

  /** The first field of all rows that were delivered. */
  List<Long> rows() {
    return rows;
  }

  @Override
  public SinkTraits traits(SinkUse use) {
    return new SinkTraits(SinkTraits.Kind.SPOOLED, false, false);
  }

  @Override
  public boolean needsFormat() {
    return false;
  }

  @Override
  public Sink sink() {
    return new Sink() {
      @Override
      public void open(SinkContext run) {
        // Always open.
      }

      @Override
      public OptionalLong lastEpoch() {
        return OptionalLong.of(epoch);
      }

      @Override
      public Rejects deliver(long of, long previous, SpoolReader spool) throws IOException {
        if (epoch == of) {
          return last;
        }
        if (epoch != previous) {
          throw new AssertionError("epoch " + of + " after " + previous + ", but here is " + epoch);
        }
        last = take(spool);
        epoch = of;
        return last;
      }

      @Override
      public void close() {
        // Nothing is held.
      }
    };
  }

  private Rejects take(SpoolReader spool) throws IOException {
    List<Rejects.Reject> rejects = new ArrayList<>();
    int index = 0;
    for (Optional<SinkRows> next = spool.next(); next.isPresent(); next = spool.next()) {
      Column.Longs column = (Column.Longs) next.get().rows().column(0);
      for (int i = 0; i < column.size(); i++, index++) {
        if (refuses.test(column.values()[i])) {
          rejects.add(new Rejects.Reject(index, ProblemCode.D301, "refused"));
        } else {
          rows.add(column.values()[i]);
        }
      }
    }
    return new Rejects(rejects);
  }
}
