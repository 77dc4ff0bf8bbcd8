package io.penstock.core.run;

import io.penstock.core.logical.LogicalNode;
import io.penstock.core.logical.Operation;
import io.penstock.core.logical.OutsideLookups;
import io.penstock.core.operator.LookupTable;
import io.penstock.core.operator.Lookups;
import io.penstock.core.operator.Outside;
import java.io.IOException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** The outside systems that the steps of a run ask. Used by the supervisor. */
final class OpenLookups {
  private final List<OpenLookup> open = new ArrayList<>();

  /** Reads a plan's tables and opens its outside systems: what lookups find in. */
  Lookups open(RunScope scope, EmbeddedRun run, Reports reports) throws IOException {
    Map<String, LookupTable> tables = new Tables(scope, run::isStopping).read(reports);
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
    return new Lookups(tables, outsides);
  }

  /** Those that are open, in the order in which they were opened. */
  List<OpenLookup> all() {
    return open;
  }
}
