package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Change;
import io.penstock.api.data.LongsBuilder;
import java.util.Optional;

/** What the rows of a batch do to a table, while they are decoded; mostly all are inserts. */
final class Operations {
  private final LongsBuilder kinds = new LongsBuilder();

  /** What a row does; rows between the last one said and this one are inserts. */
  void add(Change change, int row) {
    if (change != Change.INSERT) {
      insertsUpTo(row);
      kinds.add(change.ordinal());
    }
  }

  /** The rows with what they do; begins again. */
  Batch marked(Batch rows) {
    if (kinds.size() == 0) {
      return rows;
    }
    insertsUpTo(rows.size());
    return rows.with(rows.marks().withOperations(Optional.of(kinds.build())));
  }

  private void insertsUpTo(int row) {
    while (kinds.size() < row) {
      kinds.add(Change.INSERT.ordinal());
    }
  }
}
