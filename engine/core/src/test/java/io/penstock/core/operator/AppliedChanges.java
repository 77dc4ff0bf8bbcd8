package io.penstock.core.operator;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Change;
import io.penstock.api.data.Column;
import java.util.ArrayList;
import java.util.List;

/** Gathers changes as texts, and makes the table that they describe. */
final class AppliedChanges implements Operator.Out {
  /** Each row with a sign in front: {@code +} comes, {@code -} goes, {@code <} and {@code >}. */
  final List<String> changes = new ArrayList<>();

  final List<String> late = new ArrayList<>();

  @Override
  public void rows(int output, Batch batch) {
    assertTrue(batch.size() <= Batch.MAX_ROWS, "rows of a batch");
    for (int row = 0; row < batch.size(); row++) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < batch.schema().columns(); i++) {
        Column column = batch.column(i);
        boolean number = column instanceof Column.Longs && !column.isNull(row);
        String value =
            number
                ? String.valueOf(((Column.Longs) column).values()[row])
                : RowJson.value(batch.schema().column(i).type(), column, row).toText();
        text.append(' ').append(value);
      }
      if (output == LateMaker.LATE) {
        late.add(text.toString());
      } else {
        changes.add("+<>-".charAt(Change.of(batch, row).ordinal()) + text.toString());
      }
    }
  }

  @Override
  public void deadLetters(Batch letters) {
    throw new AssertionError("a dead letter");
  }

  /** The rows that are there after all changes; what goes must have been there. */
  List<String> table() {
    List<String> rows = new ArrayList<>();
    String going = "";
    for (String change : changes) {
      assertTrue(going.isEmpty() || change.charAt(0) == '>', "half an update " + going);
      going = "";
      String row = change.substring(2);
      switch (change.charAt(0)) {
        case '+', '>' -> rows.add(row);
        case '-' -> assertTrue(rows.remove(row), "not there: " + row);
        default -> {
          assertTrue(rows.remove(row), "not there: " + row);
          going = row;
        }
      }
    }
    rows.sort(null);
    return rows;
  }
}
