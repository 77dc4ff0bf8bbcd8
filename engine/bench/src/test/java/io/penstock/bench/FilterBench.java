package io.penstock.bench;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.core.expression.Evaluator;
import io.penstock.core.expression.RowErrors;
import io.penstock.core.expression.Selection;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A condition, and an expression over the rows for which it is true. */
@State(Scope.Thread)
public class FilterBench {
  private static final String WANTED =
      "price * 0.908 > 1000 && (channel == 'apple' || channel == 'google')";
  private static final String LABEL = "upper(channel) + '-' + auction";

  @Param({"1", "16", "1024", "4096"})
  public int rows = 1;

  @Param public PriceType price = PriceType.DOUBLE;

  @Param public Executor executor = Executor.CLOSURES;

  private Batch batch = Offers.rows(price, rows);
  private Selection all = Selection.all(rows);
  private Evaluator condition = Offers.evaluator(executor.execution(), price, WANTED);
  private Evaluator label = Offers.evaluator(executor.execution(), price, LABEL);

  /** Makes the rows and checks that both ways give the same column. */
  @Setup
  public void rows() {
    batch = Offers.rows(price, rows);
    all = Selection.all(rows);
    condition = Offers.evaluator(executor.execution(), price, WANTED);
    label = Offers.evaluator(executor.execution(), price, LABEL);
    SameTexts.check(handWritten(), evaluator());
    if (evaluator().size() == 0) {
      throw new AssertionError("no row passes, so nothing is measured");
    }
  }

  @Benchmark
  public Column evaluator() {
    RowErrors errors = new RowErrors();
    return label.evaluate(batch, condition.select(batch, all, errors), errors);
  }

  @Benchmark
  public Column handWritten() {
    return HandWritten.labelsOfWanted(batch);
  }
}
