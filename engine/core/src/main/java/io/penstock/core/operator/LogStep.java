package io.penstock.core.operator;

import io.penstock.api.data.Column;
import io.penstock.api.option.Rate;
import io.penstock.api.option.Template;
import io.penstock.api.system.Clock;
import io.penstock.core.expression.Evaluator;
import io.penstock.core.expression.RowErrors;
import io.penstock.core.logical.Operation;
import io.penstock.core.runner.RunRequest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** Writes a line per row into the run's log, up to a rate. */
final class LogStep implements RowStep {
  private final String step;
  private final Operation.Log log;
  private final List<Evaluator> values;
  private final Clock clock;
  private final Consumer<RunRequest.LogLine> lines;
  private final AllRows all = new AllRows();
  private long periodStart;
  private long written;

  LogStep(
      String step,
      Operation.Log log,
      List<Evaluator> values,
      Clock clock,
      Consumer<RunRequest.LogLine> lines) {
    this.step = step;
    this.log = log;
    this.values = values;
    this.clock = clock;
    this.lines = lines;
    this.periodStart = clock.nanos();
  }

  @Override
  public Traced apply(Traced in, RowErrors failed) {
    RowErrors errors = new RowErrors();
    Column.Bytes[] texts = new Column.Bytes[values.size()];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = (Column.Bytes) values.get(i).evaluate(in.rows(), all.of(in.size()), errors);
    }
    for (int row = 0; row < in.size(); row++) {
      if (errors.of(row).isEmpty() && allowed()) {
        String level = log.level().name().toLowerCase(Locale.ROOT);
        lines.accept(new RunRequest.LogLine(level, step, line(texts, row)));
      }
    }
    return in.without(errors, failed);
  }

  private boolean allowed() {
    Optional<Rate> most = log.atMost();
    if (most.isEmpty()) {
      return true;
    }
    long now = clock.nanos();
    if (now - periodStart >= most.get().per().toNanos()) {
      periodStart = now;
      written = 0;
    }
    return written++ < most.get().count();
  }

  private String line(Column.Bytes[] texts, int row) {
    StringBuilder line = new StringBuilder();
    int next = 0;
    for (Template.Part part : log.message().parts()) {
      if (part instanceof Template.Literal literal) {
        line.append(literal.text());
      } else {
        Column.Bytes text = texts[next++];
        line.append(text.isNull(row) ? "null" : text.text(row));
      }
    }
    return line.toString();
  }
}
