package io.penstock.dsl.language.bind;

import io.penstock.api.option.NamedFile;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.problem.Problems;
import io.penstock.dsl.language.syntax.Scalar;
import io.penstock.dsl.language.syntax.SyntaxNode;
import io.penstock.dsl.language.text.NamedFiles;
import io.penstock.dsl.language.text.SourceText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts values in place of {@code ${NAME}}, {@code ${NAME:-default}}, {@code ${file:path}} and
 * {@code ${params.name}}, inside one scalar, so that no value can become YAML or an expression.
 */
final class Variables {
  private static final Pattern WRITTEN = Pattern.compile("\\$\\{([^}]*)(\\}?)");
  private static final Pattern NAMED =
      Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)(:-(.*))?", Pattern.DOTALL);

  private static final String FILE = "file:";

  private final Problems problems;
  private final Function<String, Optional<String>> environment;
  private final NamedFiles files;
  private final Map<String, BoundParameter> parameters;

  Variables(
      Problems problems,
      Function<String, Optional<String>> environment,
      NamedFiles files,
      Map<String, BoundParameter> parameters) {
    this.problems = problems;
    this.environment = environment;
    this.files = files;
    this.parameters = parameters;
  }

  /**
   * A piece of a scalar.
   *
   * @param offset where it is written
   * @param given whether a variable gave it
   */
  record Piece(String text, int offset, boolean given, boolean secret) {}

  /**
   * A scalar with its variables replaced.
   *
   * @param given whether there was any variable
   * @param secret whether the text may not be shown
   */
  record Replaced(Scalar scalar, boolean given, boolean secret) {}

  static boolean stand(String text) {
    return text.contains("${");
  }

  /** The scalar with values in place of variables; empty where one has no value, reported. */
  Optional<Replaced> replace(Scalar scalar) {
    if (!stand(scalar.text())) {
      return Optional.of(new Replaced(scalar, false, false));
    }
    return pieces(scalar)
        .map(
            pieces -> {
              StringBuilder text = new StringBuilder();
              boolean secret = false;
              for (Piece piece : pieces) {
                text.append(piece.text());
                secret |= piece.secret();
              }
              Scalar whole =
                  new Scalar(
                      text.toString(),
                      scalar.style() == Scalar.Style.PLAIN && text.length() == 0
                          ? Scalar.Style.SINGLE_QUOTED
                          : scalar.style(),
                      scalar.origin(),
                      (offset, length) -> scalar.origin());
              return new Replaced(whole, true, secret);
            });
  }

  /** The scalar in pieces: written text and values of variables. */
  Optional<List<Piece>> pieces(Scalar scalar) {
    String text = scalar.text();
    List<Piece> pieces = new ArrayList<>();
    boolean complete = true;
    int from = 0;
    Matcher matcher = WRITTEN.matcher(text);
    while (matcher.find()) {
      if (matcher.start() > from) {
        pieces.add(new Piece(text.substring(from, matcher.start()), from, false, false));
      }
      Optional<Piece> value = value(scalar, matcher);
      complete &= value.isPresent();
      value.ifPresent(pieces::add);
      from = matcher.end();
    }
    if (from < text.length()) {
      pieces.add(new Piece(text.substring(from), from, false, false));
    }
    return complete ? Optional.of(pieces) : Optional.empty();
  }

  private Optional<Piece> value(Scalar scalar, Matcher matcher) {
    String inner = matcher.group(1);
    int offset = matcher.start();
    if (inner.startsWith(FILE) && !matcher.group(2).isEmpty()) {
      return file(scalar, matcher, inner.substring(FILE.length()));
    }
    if (inner.startsWith("params.") && !matcher.group(2).isEmpty()) {
      return parameter(scalar, matcher, inner.substring("params.".length()));
    }
    Matcher named = NAMED.matcher(inner);
    if (!named.matches() || matcher.group(2).isEmpty()) {
      report(
          ProblemCode.E104,
          scalar,
          matcher,
          "a variable must be `${NAME}`, `${NAME:-default}`, `${file:path}` or `${params.name}`,"
              + " not `"
              + matcher.group()
              + "`",
          "names are letters, digits and `_`");
      return Optional.empty();
    }
    String name = named.group(1);
    Optional<String> set = environment.apply(name);
    if (named.group(2) != null && set.filter(v -> !v.isEmpty()).isEmpty()) {
      return Optional.of(new Piece(named.group(3), offset, true, false));
    }
    if (set.isEmpty()) {
      report(
          ProblemCode.E108,
          scalar,
          matcher,
          "the environment variable `" + name + "` is not set",
          "set it, or give a default: `${" + name + ":-default}`");
    }
    return set.map(value -> new Piece(value, offset, true, false));
  }

  private Optional<Piece> file(Scalar scalar, Matcher matcher, String path) {
    try {
      String text = new String(files.read(path), StandardCharsets.UTF_8);
      return Optional.of(new Piece(text.stripTrailing(), matcher.start(), true, true));
    } catch (IOException e) {
      report(
          ProblemCode.E111,
          scalar,
          matcher,
          "the file `" + path + "` cannot be read: " + e.getMessage(),
          "name a file that is there and may be read");
      return Optional.empty();
    }
  }

  /** The file that a text names; empty where it cannot be read, reported. */
  Optional<NamedFile> namedFile(Replaced path) {
    String written = path.scalar().text();
    try {
      byte[] bytes = files.read(written);
      if (bytes.length > SourceText.MAX_BYTES) {
        throw new IOException("it has more than " + SourceText.MAX_BYTES + " bytes");
      }
      return Optional.of(new NamedFile(written, bytes));
    } catch (IOException e) {
      problems.add(
          ProblemCode.E111,
          path.scalar().origin(),
          "the file " + Scalars.shown(written) + " cannot be read: " + e.getMessage(),
          "name a file that is there and may be read");
      return Optional.empty();
    }
  }

  /**
   * Warns of each file with a secret that everybody may read.
   *
   * @param name of the option or parameter that is secret
   */
  void warnOfOpenFiles(Scalar scalar, String name) {
    Matcher matcher = WRITTEN.matcher(scalar.text());
    while (matcher.find()) {
      String inner = matcher.group(1);
      if (matcher.group(2).isEmpty() || !inner.startsWith(FILE)) {
        continue;
      }
      String path = inner.substring(FILE.length());
      if (files.everybodyMayRead(path)) {
        report(
            ProblemCode.W103,
            scalar,
            matcher,
            "the file `" + path + "` of the secret `" + name + "` may be read by everybody",
            "take the right from others: `chmod 600 " + path + "`");
      }
    }
  }

  private Optional<Piece> parameter(Scalar scalar, Matcher matcher, String name) {
    BoundParameter parameter = parameters.get(name);
    if (parameter == null) {
      report(
          ProblemCode.E113,
          scalar,
          matcher,
          "there is no parameter `" + name + "`",
          io.penstock.api.problem.Nearest.hint(name, "parameters", parameters.keySet()));
      return Optional.empty();
    }
    Optional<SyntaxNode> value = parameter.value();
    if (value.isPresent() && !(value.get() instanceof Scalar)) {
      report(
          ProblemCode.E104,
          scalar,
          matcher,
          "the parameter `" + name + "` is no text but " + value.get().kind(),
          "use it in an expression as `params." + name + "`");
      return Optional.empty();
    }
    return value.map(
        v -> new Piece(((Scalar) v).text(), matcher.start(), true, parameter.secret()));
  }

  private void report(
      ProblemCode code, Scalar scalar, Matcher matcher, String message, String hint) {
    problems.add(
        code, scalar.places().at(matcher.start(), matcher.end() - matcher.start()), message, hint);
  }
}
