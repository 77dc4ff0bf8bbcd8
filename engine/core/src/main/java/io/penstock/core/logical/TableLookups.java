package io.penstock.core.logical;

import io.penstock.core.logical.RowOperations.RowOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tables that operations look rows up in, also those inside chains and branches. */
public final class TableLookups {
  private TableLookups() {}

  /** The names of an operation's tables, in order. */
  public static List<String> in(Operation operation) {
    List<String> names = new ArrayList<>();
    if (operation instanceof RowOperation row) {
      add(row, names);
    }
    return names;
  }

  /** The first table of an operation that is read again while a run goes on. */
  public static Optional<String> refreshed(Operation operation, Map<String, Table> tables) {
    return in(operation).stream()
        .filter(name -> Optional.ofNullable(tables.get(name)).flatMap(Table::refresh).isPresent())
        .findFirst();
  }

  private static void add(RowOperation operation, List<String> names) {
    if (operation instanceof Operation.Lookup lookup) {
      names.add(lookup.table());
    } else if (operation instanceof Operation.Chain chain) {
      chain.links().forEach(link -> add(link.operation(), names));
    } else if (operation instanceof Operation.Choose choose) {
      choose
          .branches()
          .forEach(branch -> branch.links().forEach(link -> add(link.operation(), names)));
    }
  }
}
