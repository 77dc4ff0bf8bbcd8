package io.penstock.dsl.language.check;

import io.penstock.api.format.FormatConfig;
import io.penstock.api.option.Template;
import io.penstock.api.problem.Origin;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.problem.Problems;
import io.penstock.dsl.language.bind.Defaults;
import io.penstock.dsl.language.option.ComponentDeclaration;
import io.penstock.dsl.language.option.Components;
import java.util.List;
import java.util.Optional;

/** Finds the format of bytes: as written, else as the name of the file ends. */
final class FormatFinder {
  private static final List<String> COMPRESSIONS = List.of(".gz", ".zst");

  private final Components components;
  private final Problems problems;

  FormatFinder(Components components, Problems problems) {
    this.components = components;
    this.problems = problems;
  }

  /**
   * The format; empty where it is not known, which is reported.
   *
   * @param fileName where the format follows from; empty for nowhere
   * @param reads whether it is to be read, not written
   */
  Optional<FormatConfig> find(
      Optional<FormatConfig> written, String fileName, Origin at, boolean reads) {
    Optional<FormatConfig> found = written.or(() -> bySuffix(bare(fileName)));
    if (found.isEmpty()) {
      unknown(fileName, at, reads);
      return found;
    }
    if (reads && found.get().line().isPresent()) {
      line(found.get().line().get(), at, "is read", "leave it out");
      return Optional.empty();
    }
    boolean able =
        reads ? found.get().format().traits().decodes() : found.get().format().traits().encodes();
    if (!able) {
      problems.add(
          ProblemCode.E110,
          at,
          "the format `" + name(found.get()) + "` can only be " + (reads ? "written" : "read"),
          "formats here: " + String.join(", ", names(reads)));
      return Optional.empty();
    }
    return found;
  }

  /** Reports a line's template where no rows of a sink become lines. */
  void line(Template line, Origin at, String reason, String hint) {
    Origin place = line.expressions().isEmpty() ? at : line.expressions().get(0).origin();
    problems.add(
        ProblemCode.E110,
        place,
        "`line` says how the rows of a sink are written, and this " + reason,
        hint);
  }

  /** The name of a format. */
  String name(FormatConfig config) {
    return components.all(FormatConfig.class).stream()
        .filter(declared -> declared.record().type().isInstance(config))
        .map(ComponentDeclaration::name)
        .findFirst()
        .orElse("");
  }

  private List<String> names(boolean reads) {
    return components.all(FormatConfig.class).stream()
        .filter(
            declared ->
                Defaults.of(declared, components)
                    .map(FormatConfig.class::cast)
                    .map(FormatConfig::format)
                    .map(f -> reads ? f.traits().decodes() : f.traits().encodes())
                    .orElse(true))
        .map(ComponentDeclaration::name)
        .toList();
  }

  private Optional<FormatConfig> bySuffix(String fileName) {
    return components
        .bySuffix(FormatConfig.class, fileName)
        .flatMap(declared -> Defaults.of(declared, components))
        .map(FormatConfig.class::cast);
  }

  private static String bare(String fileName) {
    for (String compression : COMPRESSIONS) {
      if (fileName.endsWith(compression)) {
        return fileName.substring(0, fileName.length() - compression.length());
      }
    }
    return fileName;
  }

  private void unknown(String fileName, Origin at, boolean reads) {
    if (bare(fileName).endsWith(".json")) {
      problems.add(
          ProblemCode.E116,
          at,
          "`" + fileName + "` may hold lines, one array or one document of JSON",
          "say which: `{ path: \""
              + fileName
              + "\", format: { json: array } }`, or lines, or"
              + " document");
      return;
    }
    Optional<ComponentDeclaration> claims = components.bySuffix(FormatConfig.class, bare(fileName));
    if (claims.isPresent()) {
      problems.add(
          ProblemCode.E116,
          at,
          "the name of `" + fileName + "` says " + claims.get().name() + ", which needs options",
          "write them out: `{ path: \""
              + fileName
              + "\", format: { "
              + claims.get().example().strip()
              + " } }`");
      return;
    }
    problems.add(
        ProblemCode.E116,
        at,
        fileName.isEmpty()
            ? "the format is not known, because no one file name says it"
            : "the format of `" + fileName + "` does not follow from its name",
        "add `format:` with one of " + String.join(", ", names(reads)));
  }
}
