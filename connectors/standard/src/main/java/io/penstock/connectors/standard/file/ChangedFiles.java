package io.penstock.connectors.standard.file;

import io.penstock.api.problem.Origin;
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.source.Position;
import io.penstock.api.source.SourceContext;
import io.penstock.api.system.Disk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Compares the files that a bounded source has read with those that are there. */
final class ChangedFiles {
  private static final String WATCH =
      "say `watch: true` to read what is new, or begin anew with `--fresh`";

  private final FileSourceConfig config;
  private final SourceContext run;

  ChangedFiles(FileSourceConfig config, SourceContext run) {
    this.config = config;
    this.run = run;
  }

  /**
   * What has changed: R107 where all had been read, R201 where a file that had been read to its end
   * is another one while others are left.
   */
  List<Problem> since(Position position, boolean ended) throws IOException {
    Backlog then = Backlog.read(config, run, position);
    Set<String> there = new HashSet<>();
    List<Problem> problems = new ArrayList<>();
    for (Disk.Entry file : new SourceFiles(config, run).now()) {
      String name = run.files().shown(file.path());
      there.add(name);
      Finished before = then.finished().get(name);
      if (before == null) {
        problems.addAll(ended ? List.of(changed("`" + name + "` is new")) : List.of());
        continue;
      }
      Optional<String> difference = before.difference(run.disk(), file);
      String text = "`" + name + "` has changed since it was read: ";
      if (difference.isPresent() && ended) {
        problems.add(changed(text + difference.get()));
      } else if (difference.isPresent()) {
        problems.add(problem(ProblemCode.R201, text + difference.get(), FileSource.PUT_BACK));
      }
    }
    if (ended && config.whenDone().map(WhenDone::keeps).orElse(true)) {
      for (Map.Entry<String, Finished> file : then.finished().entrySet()) {
        if (!there.contains(file.getKey())) {
          problems.add(changed("`" + file.getKey() + "`, which was read, is gone"));
        }
      }
    }
    return problems;
  }

  private Problem changed(String text) {
    return problem(ProblemCode.R107, text, WATCH);
  }

  private Problem problem(ProblemCode code, String text, String hint) {
    return Problem.of(code, Origin.file(run.step()), text, hint);
  }
}
