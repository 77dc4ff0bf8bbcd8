package io.penstock.dsl.language.schema;

import io.penstock.api.data.DataType;
import io.penstock.api.data.FieldPath;
import io.penstock.api.data.ValueType;
import io.penstock.api.format.TextTypes;
import io.penstock.api.problem.Nearest;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.problem.Problems;
import io.penstock.dsl.language.syntax.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads a type that is written as one text: {@code optional map<decimal(12,2)>}. */
final class TypeText {
  private static final Map<String, DataType> WORDS =
      Map.of(
          "boolean", DataType.BOOLEAN,
          "int", DataType.INT,
          "double", DataType.DOUBLE,
          "string", DataType.STRING,
          "bytes", DataType.BYTES,
          "timestamp", DataType.TIMESTAMP,
          "date", DataType.DATE,
          "duration", DataType.DURATION,
          "json", DataType.JSON);

  /** What other systems call our types. */
  private static final Map<String, String> ELSEWHERE =
      Map.ofEntries(
          Map.entry("integer", "int"),
          Map.entry("long", "int"),
          Map.entry("bigint", "int"),
          Map.entry("smallint", "int"),
          Map.entry("float", "double"),
          Map.entry("real", "double"),
          Map.entry("number", "double"),
          Map.entry("bool", "boolean"),
          Map.entry("text", "string"),
          Map.entry("str", "string"),
          Map.entry("varchar", "string"),
          Map.entry("char", "string"),
          Map.entry("datetime", "timestamp"),
          Map.entry("time", "timestamp"),
          Map.entry("numeric", "decimal(12,2)"),
          Map.entry("binary", "bytes"),
          Map.entry("object", "json"),
          Map.entry("any", "json"),
          Map.entry("list", "[T]"),
          Map.entry("array", "[T]"));

  private final Scalar scalar;
  private final String text;
  private final FieldPath path;
  private final Map<FieldPath, TextTypes.TimePattern> patterns;
  private final TypeReader reader;
  private final Problems problems;
  private int at;

  TypeText(
      Scalar scalar,
      FieldPath path,
      Map<FieldPath, TextTypes.TimePattern> patterns,
      TypeReader reader,
      Problems problems) {
    this.scalar = scalar;
    this.text = scalar.text();
    this.path = path;
    this.patterns = patterns;
    this.reader = reader;
    this.problems = problems;
  }

  Optional<ValueType> read() {
    Optional<ValueType> type = type();
    blanks();
    if (type.isPresent() && at < text.length()) {
      boolean question = text.charAt(at) == '?';
      return wrong(
          at,
          text.length() - at,
          "`" + text.substring(at) + "` stands behind the type",
          question ? "write `optional " + text.substring(0, at).trim() + "`" : TypeReader.FORMS);
    }
    return type;
  }

  private Optional<ValueType> type() {
    blanks();
    int start = at;
    if (peek('[')) {
      at++;
      Optional<ValueType> element = type();
      return close(']', element.map(e -> ValueType.required(new DataType.ListOf(e))));
    }
    String word = word();
    if (word.isEmpty()) {
      return wrong(
          start,
          Math.max(1, text.length() - start),
          start < text.length()
              ? "`" + text.substring(start) + "` is no type"
              : "a type is missing",
          TypeReader.FORMS);
    }
    if (word.equals("optional")) {
      return type().map(ValueType::asOptional);
    }
    return core(word, start);
  }

  private Optional<ValueType> core(String word, int start) {
    blanks();
    if (word.equals("map") && peek('<')) {
      at++;
      Optional<ValueType> value = type();
      return close('>', value.map(v -> ValueType.required(new DataType.MapOf(v))));
    }
    List<String> arguments = peek('(') ? arguments() : List.of();
    if (word.equals("decimal")) {
      return decimal(arguments, start);
    }
    boolean time = word.equals("timestamp") || word.equals("date");
    if (!arguments.isEmpty() && !time) {
      return wrong(
          start, at - start, "`" + word + "` takes nothing in parentheses", "write `" + word + "`");
    }
    if (!arguments.isEmpty()) {
      TimePatterns times = new TimePatterns(word, arguments);
      if (!times.read(path, patterns, problems, scalar.places().at(start, at - start))) {
        return Optional.empty();
      }
    }
    DataType simple = WORDS.get(word);
    if (simple != null) {
      return Optional.of(ValueType.required(simple));
    }
    return reader.entry(word, scalar, path, patterns).orElseGet(() -> unknown(word, start));
  }

  private Optional<ValueType> decimal(List<String> arguments, int start) {
    try {
      if (arguments.size() == 2) {
        int precision = Integer.parseInt(arguments.get(0));
        int scale = Integer.parseInt(arguments.get(1));
        return Optional.of(ValueType.required(new DataType.Decimal(precision, scale)));
      }
    } catch (IllegalArgumentException outOfRange) {
      // The message below names the limits.
    }
    return wrong(
        start,
        at - start,
        "a decimal names its digits, 1 to 38, and those after the point, not `"
            + text.substring(start, at).trim()
            + "`",
        "write `decimal(12,2)`");
  }

  private Optional<ValueType> unknown(String word, int start) {
    String meant = ELSEWHERE.get(word.toLowerCase(Locale.ROOT));
    List<String> known = new ArrayList<>(WORDS.keySet());
    known.addAll(List.of("decimal", "optional"));
    known.addAll(reader.names());
    String near = meant != null ? meant : Nearest.to(word, known).orElse("");
    String hint =
        near.isEmpty() ? TypeReader.FORMS : "did you mean `" + near + "`? " + TypeReader.FORMS;
    return wrong(start, word.length(), "unknown type `" + word + "`", hint);
  }

  private List<String> arguments() {
    List<String> found = new ArrayList<>();
    StringBuilder one = new StringBuilder();
    boolean quoted = false;
    for (at++; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '\'' && quoted && at + 1 < text.length() && text.charAt(at + 1) == '\'') {
        one.append("''");
        at++;
      } else if (c == '\'') {
        quoted = !quoted;
        one.append(c);
      } else if (!quoted && (c == ',' || c == ')')) {
        found.add(one.toString().trim());
        one.setLength(0);
        if (c == ')') {
          at++;
          break;
        }
      } else {
        one.append(c);
      }
    }
    return found;
  }

  private Optional<ValueType> close(char bracket, Optional<ValueType> type) {
    if (type.isEmpty()) {
      return type;
    }
    blanks();
    if (!peek(bracket)) {
      return wrong(
          Math.max(0, Math.min(at, text.length() - 1)),
          1,
          "a `" + bracket + "` is missing",
          TypeReader.FORMS);
    }
    at++;
    return type;
  }

  private String word() {
    int start = at;
    while (at < text.length()
        && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
      at++;
    }
    return text.substring(start, at);
  }

  private void blanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private boolean peek(char c) {
    return at < text.length() && text.charAt(at) == c;
  }

  private Optional<ValueType> wrong(int from, int length, String message, String hint) {
    problems.add(ProblemCode.E407, scalar.places().at(from, length), message, hint);
    return Optional.empty();
  }
}
