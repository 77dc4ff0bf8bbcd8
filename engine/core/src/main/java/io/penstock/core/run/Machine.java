package io.penstock.core.run;

import io.penstock.core.expression.Execution;
import io.penstock.core.runner.RunRequest;
import java.util.function.BiFunction;

/**
 * What a runner is made of.
 *
 * @param executions makes what executes the expressions of a run
 * @param edgeBatches how many batches a channel takes
 */
record Machine(BiFunction<RunRequest, EmbeddedRun, Execution> executions, int edgeBatches) {}
