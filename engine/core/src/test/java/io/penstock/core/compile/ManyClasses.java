package io.penstock.core.compile;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import io.penstock.core.expression.Expression;
import io.penstock.core.expression.RowErrors;
import io.penstock.core.expression.Selection;
import java.util.List;

/** A program that compiles as many classes as it is told, each for one use. */
final class ManyClasses {
  private ManyClasses() {}

  public static void main(String[] args) {
    int count = Integer.parseInt(args[0]);
    Checked checked = Checked.over(Schema.of(Field.of("n", DataType.INT)));
    Batch batch = checked.batch(new Object[] {1L});
    long sum = 0;
    for (int i = 0; i < count; i++) {
      List<Expression> step = List.of(checked.expression("n + " + i));
      Column column = checked.run(step).evaluate(batch, Selection.all(1), new RowErrors())[0];
      sum += ((Column.Longs) column).values()[0];
    }
    System.out.println(count + " classes, sum " + sum);
  }
}
