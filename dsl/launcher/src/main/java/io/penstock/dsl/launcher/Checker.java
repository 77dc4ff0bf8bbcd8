package io.penstock.dsl.launcher;

import io.penstock.api.option.Catalogue;
import io.penstock.api.problem.Origin;
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.problem.Problems;
import io.penstock.core.system.CagedFiles;
import io.penstock.dsl.language.Language;
import io.penstock.dsl.language.check.PipelineChecker;
import io.penstock.dsl.language.text.NamedFiles;
import io.penstock.dsl.language.text.SourceText;
import io.penstock.dsl.launcher.PipelineFiles.Named;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/** Checks pipeline files and remembers their texts. Single-threaded. */
final class Checker {
  private final Shell shell;
  private final PipelineFiles files;
  private final Optional<Path> cage;
  private final Language language = new Language(catalogues());
  private final Map<String, SourceText> texts = new HashMap<>();

  Checker(Shell shell) {
    this(shell, Optional.empty());
  }

  /**
   * A checker.
   *
   * @param cage where the files that pipelines name must lie
   */
  Checker(Shell shell, Optional<Path> cage) {
    this.shell = shell;
    this.files = new PipelineFiles(shell);
    this.cage = cage;
  }

  /** All components that are there. */
  static List<Catalogue> catalogues() {
    List<Catalogue> found = new ArrayList<>();
    for (Catalogue catalogue : ServiceLoader.load(Catalogue.class)) {
      found.add(catalogue);
    }
    return found;
  }

  /** Checks a file. */
  Language.Checked check(Named file, Map<String, String> parameters, PipelineChecker.Leave leave) {
    Problems problems = new Problems();
    Optional<SourceText> text = read(file, problems);
    if (text.isEmpty()) {
      return new Language.Checked(Optional.empty(), Optional.empty(), problems.inFileOrder());
    }
    Language.Checked checked =
        language.check(
            new Language.Request(text.get(), parameters, shell::variable, namedFiles(file), leave));
    checked.bound().ifPresent(bound -> bound.used().forEach(t -> texts.put(t.name(), t)));
    checked.problems().stream()
        .filter(problem -> problem.code() == ProblemCode.W101)
        .map(Problem::origin)
        .forEach(secret -> texts.computeIfPresent(secret.file(), (n, t) -> t.hiding(secret)));
    return checked;
  }

  private NamedFiles namedFiles(Named pipeline) {
    Path folder = pipeline.path().resolveSibling("");
    return new FilesBeside(
        shell.disk(), new CagedFiles(shell.disk(), folder, cage, Origin.file(pipeline.name())));
  }

  /** Reads a file's text; what is wrong with its characters goes to the problems. */
  Optional<SourceText> read(Named file, Problems problems) {
    Optional<SourceText> text = SourceText.read(file.name(), files.bytes(file), problems);
    text.ifPresent(t -> texts.put(file.name(), t));
    return text;
  }

  /** The text to show of a file that was checked, or was used by one: secrets are hidden. */
  Optional<SourceText> text(String name) {
    return Optional.ofNullable(texts.get(name));
  }
}
