package io.penstock.connectors.standard.file;

import io.penstock.api.format.Format;
import io.penstock.api.option.Checks;
import io.penstock.api.problem.ProblemCode;
import io.penstock.connectors.standard.compression.Compression;

/** What goes together among the options of a file source that has no end. */
final class GoingOn {
  private GoingOn() {}

  static void check(FileSourceConfig config, Checks checks) {
    if (config.watch() && config.follow()) {
      checks.problem(
          ProblemCode.E110,
          "follow",
          "`watch` and `follow` exclude each other: a followed pattern takes new files too",
          "keep `follow` where files grow, `watch` where they come whole");
    }
    if (config.isBounded() && config.start().isPresent()) {
      missing(checks, "start");
    }
    if (!config.watch() && config.forgetAfter().isPresent()) {
      checks.problem(
          ProblemCode.E110,
          "forget_after",
          "`forget_after` is for files that are found later",
          "say `watch: true`, or leave it out");
    }
    config
        .start()
        .filter(text -> !StartAt.isValid(text))
        .ifPresent(
            text ->
                checks.problem(
                    ProblemCode.E104,
                    "start",
                    "`start` must be `earliest`, `latest` or a time such as 2026-01-31T08:00:00Z,"
                        + " not `"
                        + text
                        + "`",
                    "write `start: latest` to begin with what comes next"));
    if (config.follow()) {
      follow(config, checks);
    }
  }

  private static void missing(Checks checks, String option) {
    checks.problem(
        ProblemCode.E110,
        option,
        "`" + option + "` is for sources that go on",
        "say `watch: true` or `follow: true`, or leave it out");
  }

  private static void follow(FileSourceConfig config, Checks checks) {
    boolean packed =
        config.compression().orElse(Compression.NONE) != Compression.NONE
            || config.compression().isEmpty()
                && config.path().values().stream().anyMatch(p -> !Compression.bare(p).equals(p));
    if (packed) {
      checks.problem(
          ProblemCode.E110,
          "follow",
          "`follow` reads files as they grow, which compressed ones do not",
          "say `watch: true` for files that come whole");
    }
    boolean lines = config.format().map(format -> endsWithLines(format.format())).orElse(true);
    if (!lines) {
      checks.problem(
          ProblemCode.E110,
          "format",
          "`follow` reads records that end with their line, which those of this format do not",
          "say `watch: true` for files that come whole");
    }
    if (config.charset() != FileSourceConfig.Charset.UTF_8) {
      checks.problem(
          ProblemCode.E110,
          "charset",
          "`follow` reads `utf-8`, not `" + config.charset() + "`",
          "say `watch: true` for files that come whole, or have the log written as utf-8");
    }
    if (config.whenDone().map(WhenDone::keeps).orElse(true)) {
      return;
    }
    checks.problem(
        ProblemCode.E110,
        "when_done",
        "a file that is followed is never done",
        "say `watch: true`, or leave `when_done` out");
  }

  private static boolean endsWithLines(Format format) {
    return !format.traits().decodes() || format.traits().appendable();
  }
}
