package io.penstock.core.run;

import io.penstock.core.checkpoint.Checkpoint;
import io.penstock.core.report.RunReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is left to do when all threads have stopped: the last epochs, or none; then all is closed.
 */
final class Ending {
  private final Given given;
  private final Epochs epochs;
  private final Outputs outputs;
  private final Readers readers;
  private final OpenLookups lookups;
  private final Deciding decide;

  /** Decides the current epoch; what sinks give back of it. */
  @FunctionalInterface
  interface Deciding {
    List<Outputs.GivenBack> run(Checkpoint.Ending how);
  }

  Ending(
      Given given,
      Epochs epochs,
      Outputs outputs,
      Readers readers,
      OpenLookups lookups,
      Deciding decide) {
    this.given = given;
    this.epochs = epochs;
    this.outputs = outputs;
    this.readers = readers;
    this.lookups = lookups;
    this.decide = decide;
  }

  /**
   * Ends the run.
   *
   * @param over whether everything that counts is decided, though sources could go on
   * @param done whether all tasks are done
   * @param limited whether a limit was reached
   * @param wiring of the tasks, where the run came so far
   */
  RunReport.Outcome end(boolean over, boolean done, boolean limited, Optional<Wiring> wiring) {
    EmbeddedRun run = given.run();
    boolean well = !run.hasFailed() && !run.isAborting();
    boolean stoppedShort = given.kept().isEmpty() && run.isStopping() && given.reachesAnEnd();
    try {
      if (well && !over && done && !stoppedShort) {
        lastEpochs();
      } else if (!well || !over) {
        giveUp(wiring);
      }
    } catch (RuntimeException e) {
      run.failed(e);
      giveUp(wiring);
    }
    close();
    if (stoppedShort) {
      run.warn("the run was stopped before its end, so its outputs are left as they were");
    }
    return outcome(over, limited);
  }

  /** All tasks are done. What a barrier was asked for is an epoch, and the rest is the last one. */
  private void lastEpochs() {
    List<Outputs.GivenBack> back = List.of();
    if (epochs.isUnderWay() && given.kept().isPresent()) {
      back = decide.run(Checkpoint.Ending.GOES_ON);
    }
    // Rows that were given back have nowhere to go any more, so a run that follows reads the rest.
    if (back.isEmpty()) {
      EndChecks.check(given.plan(), given.meters(), given.reports(), !given.run().wasRepeated());
      List<Outputs.GivenBack> unused = decide.run(Checkpoint.Ending.FINISHED);
    }
  }

  private RunReport.Outcome outcome(boolean over, boolean limited) {
    EmbeddedRun run = given.run();
    if (run.hasFailed()) {
      return RunReport.Outcome.FAILED;
    }
    if (run.isAborting()) {
      return RunReport.Outcome.ABORTED;
    }
    if (run.isStopping() && (given.kept().isEmpty() || over)) {
      return RunReport.Outcome.STOPPED;
    }
    return limited ? RunReport.Outcome.LIMIT_REACHED : RunReport.Outcome.FINISHED;
  }

  private void giveUp(Optional<Wiring> wiring) {
    EmbeddedRun run = given.run();
    if (given.kept().filter(Kept::isUnsure).isPresent()) {
      return;
    }
    try {
      if (given.kept().isPresent() || run.isAborting() || wiring.isEmpty()) {
        outputs.abortAll();
        return;
      }
      wiring.get().handOnLetters();
      outputs.giveUp(wiring.get().deadLetters());
    } catch (RuntimeException e) {
      run.failed(e);
      run.warn("the dead letters could not be written: " + e.getMessage());
    }
  }

  private void close() {
    List<AutoCloseable> open = new ArrayList<>(outputs.open());
    open.addAll(lookups.all());
    open.addAll(readers.sources());
    for (int i = open.size() - 1; i >= 0; i--) {
      try {
        open.get(i).close();
      } catch (Exception e) {
        if (!given.run().hasFailed()) {
          given.run().warn("closing met an error: " + e.getMessage());
        }
      }
    }
  }
}
