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

/** One expression over all rows of a batch. */
@State(Scope.Thread)
public class ExpressionBench {
  static final String LABEL =
      "if(price * 0.908 > 1000 && (channel == 'apple' || channel == 'google'),"
          + " upper(channel) + '-' + auction, null)";

  @Param({"1", "16", "1024", "4096"})
  public int rows = 1;

  @Param public PriceType price = PriceType.DOUBLE;

  @Param public Executor executor = Executor.CLOSURES;

  private Batch batch = Offers.rows(price, rows);
  private Selection all = Selection.all(rows);
  private Evaluator evaluator = Offers.evaluator(executor.execution(), price, LABEL);

  /** Makes the rows and checks that both ways give the same column. */
  @Setup
  public void rows() {
    batch = Offers.rows(price, rows);
    all = Selection.all(rows);
    evaluator = Offers.evaluator(executor.execution(), price, LABEL);
    SameTexts.check(handWritten(), evaluator());
  }

  @Benchmark
  public Column evaluator() {
    return evaluator.evaluate(batch, all, new RowErrors());
  }

  @Benchmark
  public Column handWritten() {
    return HandWritten.labelsOrNull(batch);
  }
}
