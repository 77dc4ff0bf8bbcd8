package io.penstock.core.expression.script;

import io.penstock.api.code.Out;
import io.penstock.api.code.Row;
import io.penstock.api.code.RowCode;
import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.Schema;
import io.penstock.api.option.ExpressionText;
import io.penstock.api.problem.Origin;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.system.Clock;
import io.penstock.core.expression.RowError;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs Java code over the rows of batches. One per task, single-threaded. */
public final class CodeRun implements Out {
  private static final int MOST = 200;

  private final RowCode code;
  private final ExpressionText text;
  private final int linesAbove;
  private final Lines lines;
  private final Budget budget;
  private final Emitted emitted;

  /**
   * A run of code.
   *
   * @param text as it stands in the file
   * @param linesAbove how many lines the compiled unit has above it
   * @param result the schema of the rows that come out
   */
  public CodeRun(RowCode code, ExpressionText text, int linesAbove, Schema result, Clock clock) {
    this.code = code;
    this.text = text;
    this.linesAbove = linesAbove;
    this.lines = new Lines(text);
    this.budget =
        new Budget(
            new ScriptLimits(
                Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, Duration.ofDays(10_000), clock));
    this.emitted = new Emitted(result, budget);
  }

  /**
   * Runs the code for a row; what it emits is kept, but nothing where it fails. What means that the
   * machine is in trouble, such as no memory, passes.
   */
  public Optional<RowError> row(Batch rows, int index) {
    int before = emitted.count();
    budget.begin();
    try {
      code.run(new CodeRow(RowValues.of(rows, index)), this);
      return Optional.empty();
    } catch (CodeFailure failure) {
      return failed(before, failure.code(), String.valueOf(failure.getMessage()), failure);
    } catch (StackOverflowError tooDeep) {
      return failed(before, ProblemCode.D232, "the code calls itself too deep", tooDeep);
    } catch (Exception | LinkageError | AssertionError thrown) {
      String message = thrown.getMessage();
      String shown = thrown.getClass().getName() + (message == null ? "" : ": " + message);
      return failed(before, ProblemCode.D232, oneLine(shown), thrown);
    }
  }

  private static String oneLine(String message) {
    String line = message.strip().replaceAll("\\s+", " ");
    return line.length() > MOST ? line.substring(0, MOST) + "..." : line;
  }

  private Optional<RowError> failed(
      int before, ProblemCode problem, String message, Throwable thrown) {
    emitted.truncate(before);
    return Optional.of(new RowError(problem, at(thrown), message, Map.of()));
  }

  /** The line of the code that the stack trace names; the whole code where it names none. */
  private Origin at(Throwable thrown) {
    for (StackTraceElement element : thrown.getStackTrace()) {
      if (element.getClassName().equals(code.getClass().getName())) {
        return lines.whole(element.getLineNumber() - linesAbove).origin();
      }
    }
    return text.places().at(0, 1);
  }

  /** How many rows were emitted since the last taking. */
  public int count() {
    return emitted.count();
  }

  /** The columns of the rows that were emitted since the last time. */
  public Column[] take() {
    return emitted.take();
  }

  @Override
  public void emit(Row row) {
    try {
      emitted.add(((CodeRow) row).values());
    } catch (ScriptFailure misfit) {
      throw new CodeFailure(misfit.code(), misfit.text());
    } catch (ClassCastException noText) {
      throw new CodeFailure(ProblemCode.D231, "the names of fields and of maps must be texts");
    }
  }

  @Override
  public Row row() {
    Map<String, @Nullable Object> none = new LinkedHashMap<>();
    return new CodeRow(none);
  }
}
