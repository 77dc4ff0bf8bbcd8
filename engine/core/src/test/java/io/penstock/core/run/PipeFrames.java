package io.penstock.core.run;

import io.penstock.api.data.Schema;
import io.penstock.api.option.ExpressionText;
import io.penstock.api.problem.Origin;
import io.penstock.api.problem.Problems;
import io.penstock.core.expression.ExpressionChecker;
import io.penstock.core.expression.NamedExpression;
import io.penstock.core.expression.OverExpression;
import io.penstock.core.expression.Scope;
import io.penstock.core.logical.Over;
import io.penstock.testkit.reference.Call;
import io.penstock.testkit.reference.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The reference's steps that look at rows around a row, as operations of the engine. */
final class PipeFrames {
  private PipeFrames() {}

  static Over over(Step.Over step, List<NamedExpression> by) {
    List<String> texts = new ArrayList<>();
    for (Call call : step.calls()) {
      texts.add(call.text());
    }
    if (step.lag() > 0) {
      texts.add("lag(n, " + step.lag() + ")");
    }
    if (step.lead() > 0) {
      texts.add("lead(n, " + step.lead() + ")");
    }
    if (step.places()) {
      texts.addAll(List.of("row_number()", "rank()", "dense_rank()"));
    }
    List<OverExpression> computed = new ArrayList<>();
    texts.forEach(text -> computed.add(computed("c" + computed.size(), text, PipePlan.ROW)));
    Optional<Duration> within =
        step.within().isPresent()
            ? Optional.of(micros(step.within().getAsLong()))
            : Optional.empty();
    return new Over(by, List.of(), computed, frame(step.frame()), within);
  }

  /** A field that a step adds to rows. */
  static OverExpression computed(String name, String text, Schema row) {
    Problems problems = new Problems();
    ExpressionText written = ExpressionText.at(text, Origin.at("pipeline.yaml", 1, 1));
    return new ExpressionChecker(problems)
        .checkOver(name, written, Scope.of(row))
        .orElseThrow(() -> new AssertionError(problems.inFileOrder().toString()));
  }

  private static Over.Frame frame(Step.Frame frame) {
    if (frame instanceof Step.Rows rows) {
      return new Over.Rows(rows.before(), rows.after());
    }
    if (frame instanceof Step.Range range) {
      return new Over.Range(micros(range.before()), micros(range.after()));
    }
    return new Over.Running();
  }

  private static Duration micros(long count) {
    return Duration.ofNanos(count * 1000);
  }
}
