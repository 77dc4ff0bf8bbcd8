package io.penstock.dsl.launcher;

import io.penstock.api.problem.Origin;
import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.problem.Problems;
import io.penstock.api.system.Disk;
import io.penstock.core.logical.LogicalNode;
import io.penstock.core.logical.LogicalPlan;
import io.penstock.core.logical.Operation;
import io.penstock.core.logical.Table;
import io.penstock.core.system.CagedFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Finds what a pipeline would read or write outside a cage, without opening it; patterns and
 * templates as they are written.
 */
final class Outside {
  private final Disk disk;
  private final Path root;
  private final Path cage;

  Outside(Disk disk, Path root, Path cage) {
    this.disk = disk;
    this.root = root;
    this.cage = cage;
  }

  /** Reports each path outside. */
  void look(LogicalPlan plan, Problems problems) {
    for (LogicalNode node : plan.nodes()) {
      if (node.operation() instanceof Operation.Read read) {
        look(read.source().paths(), node.origin(), problems);
      } else if (node.operation() instanceof Operation.Write write) {
        look(write.sink().paths(), node.origin(), problems);
      }
    }
    for (Table table : plan.tables().values()) {
      table.read().ifPresent(read -> look(read.source().paths(), table.origin(), problems));
    }
    plan.deadLetter()
        .ifPresent(letters -> look(letters.sink().paths(), letters.origin(), problems));
  }

  private void look(List<String> paths, Origin at, Problems problems) {
    CagedFiles files = new CagedFiles(disk, root, Optional.of(cage), at);
    for (String path : paths) {
      try {
        files.resolve(path);
      } catch (PipelineException refused) {
        if (refused.problem().code() == ProblemCode.R207) {
          problems.add(refused.problem());
        }
      } catch (IOException unreadable) {
        // What cannot be looked at is told when it is opened.
      }
    }
  }
}
