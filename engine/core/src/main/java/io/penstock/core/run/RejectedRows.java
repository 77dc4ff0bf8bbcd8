package io.penstock.core.run;

import io.penstock.api.data.Batch;
import io.penstock.api.sink.Rejects;
import io.penstock.api.sink.SinkRows;
import io.penstock.api.sink.SpoolReader;
import io.penstock.core.expression.RowError;
import io.penstock.core.expression.RowErrors;
import io.penstock.core.logical.LogicalNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Rows that a sink gave back after the decision, batch by batch, each with its error. */
record RejectedRows(List<Rejected> batches) {
  RejectedRows {
    batches = List.copyOf(batches);
  }

  /** Rows all of which are rejected. */
  record Rejected(Batch rows, RowErrors errors) {}

  /** Finds the rejected rows of an epoch among all. */
  static RejectedRows of(LogicalNode sink, Rejects rejects, SpoolReader rows) throws IOException {
    TreeMap<Integer, Rejects.Reject> byRow = new TreeMap<>();
    rejects.rows().forEach(reject -> byRow.put(reject.row(), reject));
    List<Rejected> batches = new ArrayList<>();
    int from = 0;
    for (Optional<SinkRows> next = rows.next(); next.isPresent(); next = rows.next()) {
      Batch batch = next.get().rows();
      Map<Integer, Rejects.Reject> here = byRow.subMap(from, from + batch.size());
      if (!here.isEmpty()) {
        batches.add(rejected(sink, batch, from, here));
      }
      from += batch.size();
    }
    return new RejectedRows(batches);
  }

  private static Rejected rejected(
      LogicalNode sink, Batch batch, int from, Map<Integer, Rejects.Reject> rejects) {
    int[] indexes = new int[rejects.size()];
    RowErrors errors = new RowErrors();
    int count = 0;
    for (Rejects.Reject reject : rejects.values()) {
      errors.add(count, new RowError(reject.code(), sink.origin(), reject.message(), Map.of()));
      indexes[count++] = reject.row() - from;
    }
    return new Rejected(batch.gather(indexes, count), errors);
  }
}
