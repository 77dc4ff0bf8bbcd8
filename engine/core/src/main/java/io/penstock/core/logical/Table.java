package io.penstock.core.logical;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Schema;
import io.penstock.api.problem.Origin;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A lookup table, held in memory.
 *
 * @param read how it is read; empty where its rows stand in the file
 * @param rows the rows that stand in the file
 * @param key the fields that identify a row
 * @param refresh how it is read again while a run goes on; empty where it is read once
 */
public record Table(
    String name,
    Origin origin,
    Optional<Operation.Read> read,
    Optional<Batch> rows,
    Schema schema,
    List<String> key,
    Optional<Refresh> refresh) {
  public Table {
    key = List.copyOf(key);
  }

  /**
   * How a table is read again.
   *
   * @param every how old it becomes before that
   * @param staleAfter how old it may become where reading again does not work; empty where it is
   *     kept for as long as that takes
   */
  public record Refresh(Duration every, Optional<StaleAfter> staleAfter) {}

  /**
   * The age at which a table is too old to go on with.
   *
   * @param origin where that is said
   */
  public record StaleAfter(Duration age, Origin origin) {}
}
