package io.penstock.core.run;

import io.penstock.core.logical.Table;
import io.penstock.core.operator.LookupTable;
import io.penstock.core.operator.TableVersions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The lookup tables of a run: read whole before the sources start, and again while it goes on where
 * they say so. Used by the supervisor.
 */
final class Tables {
  private final RunScope scope;
  private final EmbeddedRun run;
  private final Reports reports;
  private final List<First> readAgain = new ArrayList<>();
  private final List<RefreshedTable> refreshed = new ArrayList<>();

  /** A table that was read for the first time. */
  private record First(TableReader reader, TableVersions versions, ReadTime at) {}

  Tables(RunScope scope, EmbeddedRun run, Reports reports) {
    this.scope = scope;
    this.run = run;
    this.reports = reports;
  }

  /** Reads all tables of the plan; by name. */
  Map<String, TableVersions> read() {
    Map<String, TableVersions> tables = new HashMap<>();
    for (Table table : scope.plan().logical().tables().values()) {
      tables.put(table.name(), read(table));
    }
    return tables;
  }

  private TableVersions read(Table table) {
    if (table.read().isEmpty()) {
      LookupTable made =
          LookupTable.of(table, table.rows().stream().filter(r -> r.size() > 0).toList());
      reports.table(table.name(), made.size(), Optional.empty());
      return new TableVersions(made);
    }
    ReadTime at = ReadTime.now(scope.request().clock());
    try (TableReader reader = new TableReader(table, table.read().get(), scope)) {
      Optional<LookupTable> whole = Optional.empty();
      while (whole.isEmpty() && !run.isStopping()) {
        whole = reader.step();
      }
      LookupTable made = whole.orElseGet(reader::soFar);
      TableVersions versions = new TableVersions(made);
      reports.table(table.name(), made.size(), table.refresh().map(r -> at.instant()));
      if (table.refresh().isPresent()) {
        readAgain.add(new First(reader, versions, at));
      }
      return versions;
    }
  }

  /** Reads tables again from now on, each on a thread of its own; for runs that have epochs. */
  void refresh(Pools pools) {
    for (First first : readAgain) {
      refreshed.add(
          new RefreshedTable(
              first.reader(), first.versions(), first.at(), scope, reports, pools.addBeside()));
    }
    tell();
  }

  /** Called again and again while the tasks work. */
  void look() {
    if (!refreshed.isEmpty()) {
      refreshed.forEach(RefreshedTable::look);
      tell();
    }
  }

  private void tell() {
    String failing =
        refreshed.stream()
            .flatMap(table -> table.failing().stream())
            .collect(Collectors.joining("; "));
    run.hasOldTables(failing.isEmpty() ? Optional.empty() : Optional.of(failing));
  }

  /** Whether a version waits for a barrier that nobody has asked for. */
  boolean hasNews() {
    return refreshed.stream().anyMatch(RefreshedTable::hasNews);
  }

  /** An epoch is about to be decided. */
  void reached(long epoch) {
    refreshed.forEach(table -> table.reached(epoch));
  }

  /** What may be open. */
  List<AutoCloseable> open() {
    return refreshed.stream().map(RefreshedTable::open).toList();
  }
}
