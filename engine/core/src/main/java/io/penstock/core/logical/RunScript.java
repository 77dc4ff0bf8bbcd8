package io.penstock.core.logical;

import io.penstock.api.option.DataSize;
import io.penstock.api.option.ExpressionText;
import io.penstock.core.expression.NamedExpression;
import io.penstock.core.expression.UserFunction;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Runs a script for each row; the rows that it emits come out.
 *
 * @param reads the values of the names that the script reads, in the order of its program
 * @param wholeRow whether it reads the row as a whole
 */
public record RunScript(
    ExpressionText code,
    List<NamedExpression> reads,
    boolean wholeRow,
    Map<String, UserFunction> functions,
    Budget budget)
    implements Operation.Coded {
  public RunScript {
    reads = List.copyOf(reads);
    functions = Map.copyOf(functions);
  }

  /** What a script may use for one row. */
  public record Budget(long steps, DataSize size, long rows, Duration time) {}

  @Override
  public <R> R acceptRow(Operation.RowVisitor<R> visitor) {
    return visitor.script(this);
  }
}
