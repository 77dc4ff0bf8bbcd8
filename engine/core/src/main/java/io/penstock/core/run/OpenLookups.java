package io.penstock.core.run;

import io.penstock.core.logical.LogicalNode;
import io.penstock.core.logical.Operation;
import io.penstock.core.logical.OutsideLookups;
import io.penstock.core.operator.Lookups;
import io.penstock.core.operator.Outside;
import io.penstock.core.operator.TableVersions;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tables of a run and the outside systems that its steps ask. Used by the supervisor. */
final class OpenLookups {
  private final List<OpenLookup> open = new ArrayList<>();
  private Optional<Tables> tables = Optional.empty();

  /** Reads a plan's tables and opens its outside systems: what lookups find in. */
  Lookups open(RunScope scope, EmbeddedRun run, Reports reports) {
    Tables read = new Tables(scope, run, reports);
    tables = Optional.of(read);
    Map<String, TableVersions> versions = read.read();
    Map<Operation.OutsideLookup, Outside> outsides = new IdentityHashMap<>();
    for (LogicalNode node : scope.plan().logical().nodes()) {
      for (Operation.OutsideLookup lookup : OutsideLookups.in(node.operation())) {
        OpenLookup opened =
            OpenLookup.open(
                node, lookup, scope.request(), () -> run.isAborting() || run.hasFailed());
        open.add(opened);
        outsides.put(lookup, opened);
      }
    }
    return new Lookups(versions, outsides);
  }

  /** The tables, once they are read. */
  Optional<Tables> tables() {
    return tables;
  }

  /** What is open, in the order in which it was opened. */
  List<AutoCloseable> all() {
    List<AutoCloseable> all = new ArrayList<>(open);
    tables.ifPresent(read -> all.addAll(read.open()));
    return all;
  }
}
