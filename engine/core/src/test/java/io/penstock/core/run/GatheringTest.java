package io.penstock.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import io.penstock.api.sink.SinkConfig;
import io.penstock.core.expression.Evaluators;
import io.penstock.core.logical.LogicalNode.OnError;
import io.penstock.core.logical.RunSettings;
import io.penstock.core.report.RunReport;
import io.penstock.core.runner.CrashPoints;
import io.penstock.testkit.MemoryDisk;
import io.penstock.testkit.RowsSource;
import io.penstock.testkit.simulation.Database;
import io.penstock.testkit.simulation.EventLog;
import io.penstock.testkit.simulation.Power;
import io.penstock.testkit.simulation.PrintingSink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Records may come together where nobody sees earlier what becomes of them. */
final class GatheringTest {
  private static final Schema NUMBERS = Schema.of(Field.of("n", DataType.INT));

  @ParameterizedTest
  @CsvSource({"3, 1500", "5, 2000", "10, 2000", "100, 5000", "1000, 50000", "60000, 50000"})
  void itIsASmallPartOfAnEpoch(long epochMillis, long micros) {
    assertEquals(Duration.ofNanos(micros * 1000), Gathering.part(Duration.ofMillis(epochMillis)));
  }

  @Test
  void recordsComeTogetherWhereRowsAreShownByTheEpoch() {
    assertEquals(
        Gathering.part(RunSettings.standard().checkpoint()),
        gather(new Shelf(), pipeline -> pipeline));
  }

  @Test
  void eachIsReadAtOnceWhereASinkWritesAtOnce() {
    Power power = new Power(new EventLog(false));
    power.start(List.of());
    PrintingSink printing = new PrintingSink(new Database(power), (batch, row) -> "");

    assertEquals(Duration.ZERO, gather(printing, pipeline -> pipeline));
  }

  @Test
  void nothingIsWaitedForWhereTheEndIsKnown() {
    assertEquals(Duration.ZERO, gather(new Shelf(), pipeline -> pipeline.batches(10)));
  }

  private static Duration gather(SinkConfig sink, UnaryOperator<Pipelines> mode) {
    List<Duration> gathers = new ArrayList<>();
    RowsSource rows = new RowsSource(NUMBERS, List.of(Pipelines.numbers("all", 0, 20)), false);
    Pipelines made =
        new Pipelines()
            .read("all", new CountedSource(rows, new AtomicLong(), gathers), NUMBERS)
            .filter("some", "all", "n >= 0")
            .write("out", "some", sink, OnError.FAIL)
            .keeping(new MemoryDisk(), CrashPoints.NONE);
    SplittableRandom random = new SplittableRandom(7);
    RunReport report =
        mode.apply(made)
            .simulate(
                new Machine((request, run) -> Evaluators.closures(), 2),
                () -> random.nextInt(1 << 20));

    assertEquals(RunReport.Outcome.FINISHED, report.outcome().orElseThrow(), report.toString());
    assertEquals(1, gathers.size());
    return gathers.get(0);
  }
}
