package io.penstock.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.penstock.api.data.Schema;
import io.penstock.core.logical.LogicalNode.OnError;
import io.penstock.core.logical.Operation;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole runs whose steps hold more than they may. */
class SpillTest {
  private static final int ROWS = 40_000;
  private static final int GROUPS = 15_000;

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void severalStepsShareOneBudget(int workers) {
    Pipelines pipeline = new Pipelines().workers(workers).memory(300 << 10).numbers("all", ROWS);
    Schema row = pipeline.schema("all");
    pipeline
        .aggregate(
            "grouped", "all", List.of("k=n * 7919 % " + GROUPS), "c", "count()", "m", "max(n)")
        .sink("groups", "grouped")
        .step(
            "sorted",
            new Operation.Sort(List.of(pipeline.orderBy("n", row, true))),
            row,
            OnError.FAIL,
            "all")
        .sink("descending", "sorted")
        .step("differing", new Operation.Distinct(List.of()), row, OnError.FAIL, "sorted")
        .sink("different", "differing");

    assertEquals(Optional.empty(), pipeline.run().problem());

    List<String> groups =
        IntStream.range(0, GROUPS)
            .mapToObj(
                n ->
                    "{\"k\":%d,\"c\":%d,\"m\":%d}"
                        .formatted(
                            n * 7919L % GROUPS,
                            (ROWS - 1 - n) / GROUPS + 1,
                            n + (ROWS - 1 - n) / GROUPS * GROUPS))
            .toList();
    List<String> descending =
        IntStream.range(0, ROWS).mapToObj(i -> "{\"n\":" + (ROWS - 1 - i) + "}").toList();
    assertEquals(groups, pipeline.rows("groups"));
    assertEquals(descending, pipeline.rows("descending"));
    assertEquals(descending, pipeline.rows("different"));
    assertEquals(List.of(), pipeline.files().stream().filter(f -> !f.endsWith(".lock")).toList());
  }
}
