package io.penstock.connectors.standard.file;

import io.penstock.api.format.Format;
import io.penstock.api.format.FormatConfig;
import io.penstock.api.option.Component;
import io.penstock.api.problem.Origin;
import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.sink.SinkContext;
import io.penstock.api.system.Disk;
import io.penstock.api.system.TooManyFilesException;
import io.penstock.connectors.standard.compression.Compression;
import io.penstock.connectors.standard.json.JsonConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What the writers of one sink share: where files go, and what was published in this run. */
final class Output {
  private final FileSinkConfig config;
  private final SinkContext run;
  private final PathTemplate template;
  private final Format format;
  private final Compression compression;
  private final Set<Path> published = new TreeSet<>();
  private boolean committed;

  Output(FileSinkConfig config, SinkContext run) {
    this.config = config;
    this.run = run;
    this.template = new PathTemplate(config.path());
    this.format =
        run.format().orElseThrow(() -> new IllegalStateException("a file without a format"));
    this.compression =
        config.isFolder()
            ? config.compression().orElse(Compression.NONE)
            : Compression.of(config.compression(), config.path().text());
  }

  FileSinkConfig config() {
    return config;
  }

  SinkContext run() {
    return run;
  }

  PathTemplate template() {
    return template;
  }

  Format format() {
    return format;
  }

  Compression compression() {
    return compression;
  }

  /** Whether this run writes more than one file, and so keeps a manifest. */
  boolean hasManifest() {
    return config.isFolder() || !config.path().isConstant();
  }

  /** The folder of the manifest. */
  Path folder() throws IOException {
    if (!config.path().isConstant()) {
      return run.files().resolve(template.folder());
    }
    return run.files().resolve(config.path().text());
  }

  /** The one file of a path without a template; where that is a link, the file that it names. */
  Path file() throws IOException {
    Path written = run.files().resolve(config.path().text());
    Path real = run.disk().real(written);
    Path here = run.disk().real(written.resolveSibling("")).resolve(written.getFileName());
    return real.equals(here) ? written : real;
  }

  /** Whether a file of the target goes on behind what is there. */
  boolean continues(Path target) throws IOException {
    return published.contains(target)
        || config.ifExists().filter(FileSinkConfig.IfExists.APPEND::equals).isPresent()
            && !config.isFolder()
            && run.disk().entry(target).filter(there -> there.size() > 0).isPresent();
  }

  /** Says so where the path, which is to be a file, is a directory. */
  void refuseFolder() throws IOException {
    Path target = run.files().resolve(config.path().text());
    boolean folder =
        run.disk()
            .entry(target)
            .filter(there -> there.kind() == Disk.Entry.Kind.DIRECTORY)
            .isPresent();
    if (folder) {
      throw problem(
          ProblemCode.R304,
          "`" + run.files().shown(target) + "` is a directory, not a file",
          "end the path with `/` for a folder of parts");
    }
  }

  /** Makes a folder that is there after a power cut too. */
  void makeFolder(Path folder) throws IOException {
    Disk disk = run.disk();
    List<Path> made = new ArrayList<>();
    Path at = folder;
    while (at != null && disk.entry(at).isEmpty()) {
      made.add(0, at);
      at = at.getParent();
    }
    if (made.isEmpty()) {
      return;
    }
    disk.createDirectories(folder);
    for (Path each : made) {
      Path above = each.getParent();
      if (above != null) {
        disk.forceDirectory(above);
      }
    }
  }

  void publish(Path target) {
    published.add(target);
  }

  /** Whether this is the run's first commit, which replaces what a former run has left. */
  boolean firstCommit() {
    boolean first = !committed;
    committed = true;
    return first;
  }

  /** The end of the names of parts. */
  String suffix() {
    return config.format().map(Output::suffix).orElse("") + compression.suffix();
  }

  private static String suffix(FormatConfig written) {
    if (written instanceof JsonConfig json && json.layout() != JsonConfig.Layout.LINES) {
      return ".json";
    }
    Component component = written.getClass().getAnnotation(Component.class);
    if (component == null) {
      return "";
    }
    return component.suffixes().length > 0 ? component.suffixes()[0] : "." + component.name();
  }

  PipelineException problem(ProblemCode code, String message, String hint) {
    return new PipelineException(Problem.of(code, Origin.file(run.step()), message, hint));
  }

  /** What the system says about a file that was to be written. */
  PipelineException broken(Path path, IOException cause) {
    ProblemCode code = cause instanceof TooManyFilesException ? ProblemCode.R305 : ProblemCode.R304;
    return new PipelineException(
        Problem.of(
            code,
            Origin.file(run.step()),
            "`" + run.files().shown(path) + "` cannot be written: " + Reason.of(cause),
            Reason.cure(cause)),
        cause);
  }

  /** What the system says about a file without its last name: a part's is made as it ends. */
  PipelineException brokenPart(Path path, IOException cause) {
    boolean unnamed = config.isFolder() && run.keepsState();
    return broken(unnamed ? path.toAbsolutePath().resolveSibling("").normalize() : path, cause);
  }
}
