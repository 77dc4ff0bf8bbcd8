package io.penstock.core.run;

import io.penstock.core.expression.EvaluationContext;
import io.penstock.core.expression.Evaluator;
import io.penstock.core.expression.Expression;
import java.util.function.BiFunction;

/**
 * What a runner is made of.
 *
 * @param evaluators makes an expression's evaluator
 * @param edgeBatches how many batches a channel takes
 */
record Machine(BiFunction<Expression, EvaluationContext, Evaluator> evaluators, int edgeBatches) {}
