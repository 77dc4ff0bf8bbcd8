package io.penstock.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.data.Batch;
import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import io.penstock.api.sink.Rejects;
import io.penstock.api.sink.Sink;
import io.penstock.api.sink.SinkConfig;
import io.penstock.api.sink.SinkContext;
import io.penstock.api.sink.SinkRows;
import io.penstock.api.sink.SinkTraits;
import io.penstock.api.sink.SinkUse;
import io.penstock.api.sink.SinkWriter;
import io.penstock.api.sink.Staged;
import io.penstock.core.expression.Evaluators;
import io.penstock.core.logical.LogicalNode.OnError;
import io.penstock.core.report.RunReport;
import io.penstock.core.runner.CrashPoints;
import io.penstock.testkit.MemoryDisk;
import io.penstock.testkit.RowsSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A source is not read further ahead of a slow sink than the edges between them hold. */
final class SlowSinkTest {
  private static final int ROWS = 40_000;
  private static final int UNIT = 20;
  private static final int AHEAD = 60 * UNIT;

  /** A sink that sees how far ahead of it the source is read. */
  private record Slow(AtomicLong read, AtomicLong taken, AtomicLong ahead) implements SinkConfig {
    @Override
    public SinkTraits traits(SinkUse use) {
      return new SinkTraits(SinkTraits.Kind.IMMEDIATE, false, false);
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
        public SinkWriter writer(int index) {
          return new Writer();
        }

        @Override
        public void close() {
          // Nothing is held.
        }
      };
    }

    private final class Writer implements SinkWriter {
      @Override
      public Rejects write(SinkRows given) {
        ahead.accumulateAndGet(read.get() - taken.get(), Math::max);
        taken.addAndGet(given.rows().size());
        return Rejects.NONE;
      }

      @Override
      public List<Staged> prepare(long epoch) {
        return List.of();
      }

      @Override
      public void close() {
        // Nothing is held.
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aSlowSinkHoldsTheSourceBack(boolean batches) {
    List<Batch> rows = new ArrayList<>();
    for (int from = 0; from < ROWS; from += 1000) {
      rows.add(Pipelines.numbers("all", from, from + 1000));
    }
    Schema schema = Schema.of(Field.of("n", DataType.INT));
    Slow slow = new Slow(new AtomicLong(), new AtomicLong(), new AtomicLong());
    Pipelines made =
        new Pipelines()
            .batchRows(UNIT)
            .workers(2)
            .read(
                "all", new CountedSource(new RowsSource(schema, rows, false), slow.read()), schema)
            .filter("some", "all", "n >= 0")
            .write("out", "some", slow, OnError.FAIL)
            .keeping(new MemoryDisk(), CrashPoints.NONE);
    SplittableRandom random = new SplittableRandom(39);
    RunReport report =
        (batches ? made.batches(ROWS / 2) : made)
            .simulate(
                new Machine((request, run) -> Evaluators.closures(), 2),
                () -> random.nextInt(1 << 20));

    assertEquals(RunReport.Outcome.FINISHED, report.outcome().orElseThrow(), report.toString());
    assertEquals(ROWS, slow.taken().get());
    assertTrue(slow.ahead().get() > 0);
    assertTrue(slow.ahead().get() <= AHEAD, "read ahead by " + slow.ahead().get() + " rows");
  }
}
