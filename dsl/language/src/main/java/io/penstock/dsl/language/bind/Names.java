package io.penstock.dsl.language.bind;

import io.penstock.api.problem.Origin;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.problem.Problems;
import io.penstock.dsl.language.syntax.Scalar;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** The form of names, and that no two things have the same. */
final class Names {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");
  private static final Pattern PIPELINE = Pattern.compile("[a-z][a-z0-9_-]*");

  private record Taken(String noun, Origin origin) {}

  private final Problems problems;
  private final Map<String, Map<String, Taken>> spaces = new HashMap<>();

  Names(Problems problems) {
    this.problems = problems;
  }

  /** Reports a text that is no name, or a name that is taken in its space. */
  void declare(String space, String noun, Scalar key) {
    if (key.isBroken()) {
      return;
    }
    if (!NAME.matcher(key.text()).matches()) {
      problems.add(
          ProblemCode.E201,
          key.origin(),
          "the name of a "
              + noun
              + " must be lower-case letters, digits and `_`, beginning with a letter, not "
              + Scalars.shown(key.text()),
          "write `" + made(key.text(), "_") + "`");
    }
    Taken first =
        spaces
            .computeIfAbsent(space, s -> new HashMap<>())
            .putIfAbsent(key.text(), new Taken(noun, key.origin()));
    if (first != null) {
      String where =
          first.origin().file().equals(key.origin().file())
              ? "line " + first.origin().line()
              : first.origin().toString();
      problems.add(
          ProblemCode.E202,
          key.origin(),
          "the name `" + key.text() + "` is taken by the " + first.noun() + " in " + where,
          "give the " + noun + " another name");
    }
  }

  void pipeline(Scalar name, String text) {
    if (!PIPELINE.matcher(text).matches()) {
      problems.add(
          ProblemCode.E201,
          name.origin(),
          "the name of a pipeline must be lower-case letters, digits, `_` and `-`, beginning with a letter, not "
              + Scalars.shown(text),
          "write `" + made(text, "-") + "`");
    }
  }

  /** The name of a pipeline that has none: the file's, the folder's for {@code pipeline.yaml}. */
  static String ofFile(String path) {
    String[] parts = path.replace('\\', '/').split("/");
    String file = parts[parts.length - 1].replaceAll("\\.ya?ml$", "");
    boolean folder = file.equals("pipeline") && parts.length > 1;
    return made(folder ? parts[parts.length - 2] : file, "-");
  }

  private static String made(String text, String between) {
    String name =
        text.toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9_" + (between.equals("-") ? "-" : "") + "]+", between)
            .replaceAll("^[^a-z]+", "");
    return name.isEmpty() ? "pipeline" : name;
  }
}
