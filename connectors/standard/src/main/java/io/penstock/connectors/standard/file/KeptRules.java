package io.penstock.connectors.standard.file;

import io.penstock.api.format.Format;
import io.penstock.api.problem.ProblemCode;
import java.util.Optional;

/** What files can be written in a run that keeps state. */
final class KeptRules {
  private KeptRules() {}

  /** What is wrong, at which option. */
  record Wrong(ProblemCode code, String option, String text, String hint) {}

  /**
   * What is wrong with a sink's options.
   *
   * @param format the rows' format, where it is known
   */
  static Optional<Wrong> problem(FileSinkConfig config, Optional<Format> format) {
    if (config.isFolder()) {
      return Optional.empty();
    }
    String path = config.path().text();
    if (!config.path().isConstant()) {
      return Optional.of(
          new Wrong(
              ProblemCode.E110,
              "path",
              "a template makes folders of parts in a run that keeps state, so it must end in `/`,"
                  + " unlike `"
                  + path
                  + "`",
              "write `" + folder(path) + "/`, with `format`"));
    }
    boolean appendable = format.map(known -> known.traits().appendable()).orElse(true);
    if (appendable) {
      return Optional.empty();
    }
    return Optional.of(
        new Wrong(
            ProblemCode.E110,
            config.format().isPresent() ? "format" : "path",
            "`"
                + path
                + "` has an end in this format, so a run that keeps state cannot go on with it",
            "write `parts: {}` for a folder of parts, or take JSON lines, CSV or text"));
  }

  private static String folder(String path) {
    int dot = path.lastIndexOf('.');
    return dot > path.lastIndexOf('/') && dot > path.lastIndexOf('}')
        ? path.substring(0, dot)
        : path;
  }

  /** Stops where something is wrong. */
  static void check(Output output) {
    problem(output.config(), output.run().format())
        .ifPresent(
            wrong -> {
              throw output.problem(wrong.code(), wrong.text(), wrong.hint());
            });
  }
}
