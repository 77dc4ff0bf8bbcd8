package io.penstock.connectors.standard.file;

import io.penstock.api.option.Checks;
import io.penstock.api.option.Config;
import io.penstock.api.option.Option;
import io.penstock.api.problem.ProblemCode;
import java.util.Optional;

/** What happens to a file that was read to its end, once that is decided. */
public record WhenDone(
    @Option(value = "Whether the file stays.", main = true) Optional<Fate> fate,
    @Option("The folder that the file is moved to.") Optional<String> move)
    implements Config {
  /** Whether the file stays. */
  public enum Fate {
    KEEP,
    DELETE
  }

  @Override
  public void check(Checks checks) {
    if (fate.isPresent() == move.isPresent()) {
      checks.problem(
          ProblemCode.E110,
          "move",
          "`when_done` says either `keep`, `delete` or where to `move` the file",
          "write `when_done: { move: done/ }`");
    }
  }

  /** Whether files stay where they are. */
  boolean keeps() {
    return move.isEmpty() && fate.map(Fate.KEEP::equals).orElse(true);
  }
}
