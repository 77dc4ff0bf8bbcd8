package io.penstock.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.core.compile.ClassMaker;
import io.penstock.core.expression.Evaluators;
import io.penstock.core.logical.LogicalNode.OnError;
import io.penstock.core.report.RunReport;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Compiles beside a run, whose rows do not show it. */
final class LoopCompilerTest {
  private static final int ROWS = 50_000;

  private final AtomicInteger makers = new AtomicInteger();

  private Pipelines pipeline(int rows) {
    return new Pipelines()
        .workers(2)
        .numbers("all", rows)
        .filter("some", "all", "n % 7 < 5")
        .project("shaped", "some", OnError.FAIL, "n", "n * 3 + 1", "t", "`n${n % 10}`")
        .sink("out", "shaped");
  }

  private Machine machine(Supplier<ClassMaker> makers) {
    // The clock of a simulated run stands still, so that no time counts.
    return new Machine((request, run) -> LoopCompiler.execution(request, run, makers, 0), 2);
  }

  private ClassMaker maker() {
    makers.incrementAndGet();
    return new ClassMaker(LoopCompilerTest.class.getClassLoader());
  }

  private static List<String> onClosures(Pipelines pipeline) {
    pipeline.simulate(new Machine((request, run) -> Evaluators.closures(), 2), () -> 0);
    return pipeline.rows("out");
  }

  @Test
  void theRowsOfACompiledRunAreTheSame() {
    Pipelines compiled = pipeline(ROWS);

    RunReport report = compiled.simulate(machine(this::maker), () -> 0);

    assertEquals(Optional.empty(), report.problem());
    assertEquals(List.of(), report.warnings());
    assertEquals(1, makers.get());
    assertEquals(onClosures(pipeline(ROWS)), compiled.rows("out"));
  }

  @Test
  void aShortRunCompilesNothing() {
    RunReport report = pipeline(10_000).simulate(machine(this::maker), () -> 0);

    assertEquals(Optional.empty(), report.problem());
    assertEquals(0, makers.get());
  }

  @Test
  void whatCannotBeCompiledStaysOnClosuresAndIsSaid() {
    Pipelines broken = pipeline(ROWS);

    RunReport report =
        broken.simulate(
            machine(() -> new ClassMaker(ClassLoader.getPlatformClassLoader())), () -> 0);

    assertEquals(Optional.empty(), report.problem());
    assertFalse(report.warnings().isEmpty());
    assertTrue(report.warnings().get(0).contains("could not be compiled"));
    assertTrue(
        broken.log().stream().anyMatch(line -> line.text().contains("class MadeLoop")),
        broken.log().toString());
    assertEquals(onClosures(pipeline(ROWS)), broken.rows("out"));
  }

  @Test
  void compilesOnAThreadOfTheScheduler() {
    Pipelines pipeline = pipeline(4 * ROWS);

    assertEquals(List.of(), pipeline.run().warnings());

    assertEquals(onClosures(pipeline(4 * ROWS)), pipeline.rows("out"));
  }
}
