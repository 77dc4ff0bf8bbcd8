package io.penstock.core.logical;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Schema;
import io.penstock.api.problem.Origin;
import java.util.List;
import java.util.Optional;

/**
 * A lookup table, held in memory.
 *
 * @param read how it is read; empty where its rows stand in the file
 * @param rows the rows that stand in the file
 * @param key the fields that identify a row
 */
public record Table(
    String name,
    Origin origin,
    Optional<Operation.Read> read,
    Optional<Batch> rows,
    Schema schema,
    List<String> key) {
  public Table {
    key = List.copyOf(key);
  }
}
