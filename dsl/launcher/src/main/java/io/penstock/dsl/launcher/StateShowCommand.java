package io.penstock.dsl.launcher;

import io.penstock.core.checkpoint.Checkpoint;
import io.penstock.core.checkpoint.StateProblems;
import io.penstock.core.inspect.KeptFolder;
import io.penstock.dsl.launcher.change.CheckpointDocument;
import io.penstock.dsl.launcher.explain.DocumentText;
import io.penstock.dsl.launcher.problems.JsonText;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;

/** Shows all that a checkpoint holds. */
@CommandLine.Command(
    name = "state show",
    sortOptions = false,
    synopsisHeading = "Usage: run-pipeline ",
    description = "Shows what is kept of an epoch: positions, state, outputs, counts.")
final class StateShowCommand implements Command {
  @CommandLine.Parameters(
      index = "0",
      paramLabel = "DIR",
      description = "A run's folder, or a state folder with one run.")
  String folder = "";

  @CommandLine.Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "EPOCH",
      description = "The newest where left out.")
  Optional<Long> epoch = Optional.empty();

  @CommandLine.Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "text or json; text where left out.")
  StateForm format = StateForm.TEXT;

  @CommandLine.Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this.")
  boolean help;

  @Override
  public int run(Shell shell) {
    try {
      KeptFolder run = StateFolders.one(shell, folder);
      Checkpoint point = run.checkpoints().read(chosen(run, epoch));
      Map<String, Object> document = CheckpointDocument.of(run.identity(), point);
      boolean json = format == StateForm.JSON;
      shell.out().print(json ? JsonText.pretty(document) + "\n" : DocumentText.of(document));
      return ExitCode.OK.number();
    } catch (IOException e) {
      throw StateProblems.of(folder, e);
    }
  }

  /** An epoch that has a checkpoint. */
  static long chosen(KeptFolder run, Optional<Long> wanted) throws IOException {
    List<Long> there = List.copyOf(run.checkpoints().epochs());
    if (there.isEmpty()) {
      throw new UsageException("no epoch was decided yet");
    }
    long epoch = wanted.orElse(there.get(there.size() - 1));
    if (!there.contains(epoch)) {
      throw new UsageException("there is no epoch " + epoch + ", but " + there);
    }
    return epoch;
  }
}
