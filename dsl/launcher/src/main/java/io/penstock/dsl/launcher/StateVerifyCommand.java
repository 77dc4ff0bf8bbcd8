package io.penstock.dsl.launcher;

import io.penstock.core.checkpoint.StateProblems;
import io.penstock.core.inspect.KeptFolder;
import io.penstock.core.inspect.Verification;
import io.penstock.dsl.launcher.problems.JsonText;
import io.penstock.dsl.launcher.problems.ProblemDocument;
import io.penstock.dsl.launcher.problems.ProblemLines;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;

/** Checks every byte of kept state. */
@CommandLine.Command(
    name = "state verify",
    sortOptions = false,
    synopsisHeading = "Usage: run-pipeline ",
    description = {
      "Reads every byte of the kept state and compares it with what was written. Ends with 5",
      "where anything is damaged, and tells which epochs are whole."
    })
final class StateVerifyCommand implements Command {
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
    boolean good = true;
    List<Object> documents = new ArrayList<>();
    ProblemLines lines = new ProblemLines(name -> Optional.empty(), shell.look().outColours());
    try {
      for (KeptFolder run : StateFolders.all(shell, folder)) {
        Verification.Result result = Verification.of(shell.disk(), run);
        good &= result.problems().isEmpty();
        if (format == StateForm.JSON) {
          documents.add(document(run, result));
        } else {
          result.problems().forEach(problem -> shell.out().print(lines.of(problem)));
          shell.out().print(text(run, result));
        }
      }
    } catch (IOException e) {
      throw StateProblems.of(folder, e);
    }
    if (format == StateForm.JSON) {
      shell.out().print(JsonText.pretty(Map.of("runs", documents)) + "\n");
    }
    return (good ? ExitCode.OK : ExitCode.WORLD).number();
  }

  private static String text(KeptFolder run, Verification.Result result) {
    StringBuilder text = new StringBuilder(StateFolders.name(run)).append(": ");
    text.append(result.files()).append(" files read, ");
    int wrong = result.problems().size();
    text.append(wrong == 0 ? "all whole" : wrong + (wrong == 1 ? " problem" : " problems"));
    text.append("; epochs that are whole: ");
    text.append(result.whole().isEmpty() ? "none" : join(result.whole()));
    if (!result.unnamed().isEmpty()) {
      text.append("; left over, removed by the next start: ");
      text.append(String.join(", ", result.unnamed()));
    }
    return text.append('\n').toString();
  }

  private static String join(Iterable<Long> epochs) {
    List<String> texts = new ArrayList<>();
    epochs.forEach(epoch -> texts.add(epoch.toString()));
    return String.join(", ", texts);
  }

  private static Map<String, Object> document(KeptFolder run, Verification.Result result) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("name", StateFolders.name(run));
    document.put("files", result.files());
    document.put("whole", List.copyOf(result.whole()));
    document.put("left_over", result.unnamed());
    document.put("problems", result.problems().stream().map(ProblemDocument::of).toList());
    return document;
  }
}
