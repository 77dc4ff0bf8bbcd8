package io.penstock.dsl.launcher;

import io.penstock.core.checkpoint.Checkpoint;
import io.penstock.core.checkpoint.StateProblems;
import io.penstock.core.inspect.KeptFolder;
import io.penstock.core.state.DamagedException;
import io.penstock.dsl.launcher.change.CheckpointDocument;
import io.penstock.dsl.launcher.problems.JsonText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/** Lists the state that is kept in a folder. */
@CommandLine.Command(
    name = "state ls",
    sortOptions = false,
    synopsisHeading = "Usage: run-pipeline ",
    description = "Lists the runs that keep state in a folder, and their epochs.")
final class StateListCommand implements Command {
  @CommandLine.Parameters(
      paramLabel = "DIR",
      arity = "0..1",
      description = "A state folder, or one run's; .penstock where left out.")
  String folder = ".penstock";

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
      List<Object> runs = new ArrayList<>();
      for (KeptFolder run : StateFolders.all(shell, folder)) {
        runs.add(run(run));
      }
      Map<String, Object> document = Map.of("runs", runs);
      shell.out().print(format == StateForm.JSON ? JsonText.pretty(document) + "\n" : text(runs));
      return ExitCode.OK.number();
    } catch (IOException e) {
      throw StateProblems.of(folder, e);
    }
  }

  private static Map<String, Object> run(KeptFolder folder) throws IOException {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("name", StateFolders.name(folder));
    try {
      document.put("pipeline", folder.identity().pipeline());
      document.put("run", folder.identity().run());
    } catch (DamagedException e) {
      document.put("damaged", String.valueOf(e.getMessage()));
    }
    document.put("bytes", StateFolders.size(folder));
    List<Object> epochs = new ArrayList<>();
    for (long epoch : folder.checkpoints().epochs()) {
      epochs.add(epoch(folder, epoch));
    }
    document.put("epochs", epochs);
    return document;
  }

  private static Map<String, Object> epoch(KeptFolder folder, long epoch) throws IOException {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("epoch", epoch);
    try {
      Checkpoint point = folder.checkpoints().read(epoch);
      document.put("written", CheckpointDocument.time(point.createdMicros()));
      document.put("mode", point.mode());
      document.put("ending", CheckpointDocument.ending(point));
    } catch (DamagedException e) {
      document.put("damaged", String.valueOf(e.getMessage()));
    }
    return document;
  }

  private static String text(List<Object> runs) {
    StringBuilder text = new StringBuilder();
    for (Object run : runs) {
      Map<?, ?> document = (Map<?, ?>) run;
      text.append(document.get("name")).append("  ").append(document.get("bytes"));
      text.append(" bytes");
      if (document.containsKey("pipeline")) {
        text.append("  pipeline ").append(document.get("pipeline"));
        text.append(", run ").append(document.get("run"));
      }
      damage(document, text);
      text.append('\n');
      for (Object epoch : (List<?>) java.util.Objects.requireNonNull(document.get("epochs"))) {
        Map<?, ?> entry = (Map<?, ?>) epoch;
        text.append("  epoch ").append(entry.get("epoch"));
        if (entry.containsKey("written")) {
          text.append("  ").append(entry.get("written"));
          text.append("  ").append(entry.get("mode")).append(", ").append(entry.get("ending"));
        }
        damage(entry, text);
        text.append('\n');
      }
    }
    return text.toString();
  }

  private static void damage(Map<?, ?> document, StringBuilder text) {
    if (document.containsKey("damaged")) {
      text.append("  damaged: ").append(document.get("damaged"));
    }
  }
}
