package io.penstock.dsl.language.schema;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Times;
import io.penstock.api.data.ValueType;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.problem.Problems;
import io.penstock.dsl.language.syntax.Mapping;
import io.penstock.dsl.language.syntax.Scalar;
import io.penstock.dsl.language.syntax.Sequence;
import io.penstock.dsl.language.syntax.SyntaxNode;
import io.penstock.json.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads values of declared types out of a file: parameters and the rows of tables. A value that
 * does not fit goes to the problems.
 */
public final class ConstantReader {
  private static final Pattern SHORT_DURATION = Pattern.compile("(\\d+)(us|ms|s|m|h|d)");
  private static final Map<String, Long> MICROS =
      Map.of(
          "us", 1L,
          "ms", 1_000L,
          "s", 1_000_000L,
          "m", 60_000_000L,
          "h", 3_600_000_000L,
          "d", 86_400_000_000L);

  private final Problems problems;

  public ConstantReader(Problems problems) {
    this.problems = problems;
  }

  /** What was read: a value in its boxed form, or null's absence. */
  public record Constant(Optional<Object> value) {}

  /**
   * The value of a type; empty where it does not fit, which is reported.
   *
   * @param name what has the value, for messages
   */
  public Optional<Constant> read(String name, ValueType type, SyntaxNode node) {
    if (node instanceof Scalar scalar && (scalar.isBroken() || scalar.isNull())) {
      boolean json = type.type().equals(DataType.JSON);
      if (scalar.isBroken() || type.optional() || json) {
        return scalar.isBroken() ? Optional.empty() : Optional.of(new Constant(Optional.empty()));
      }
      return wrong(name, type, node, "nothing");
    }
    Optional<Object> value = value(name, type.type(), node);
    return value.map(v -> new Constant(Optional.of(v)));
  }

  private Optional<Object> value(String name, DataType type, SyntaxNode node) {
    if (type.equals(DataType.JSON)) {
      return Optional.of(json(node));
    }
    if (type instanceof DataType.ListOf list && node instanceof Sequence sequence) {
      return list(name, list, sequence);
    }
    if (type instanceof DataType.MapOf map && node instanceof Mapping mapping) {
      return map(name, map, mapping);
    }
    if (type instanceof DataType.RecordOf record && node instanceof Mapping mapping) {
      return record(name, record, mapping);
    }
    Optional<Object> read =
        node instanceof Scalar scalar
            ? scalar(type, scalar.text().trim(), scalar)
            : Optional.empty();
    if (read.isEmpty()) {
      String given = node instanceof Scalar scalar ? "`" + scalar.text() + "`" : node.kind();
      wrong(name, ValueType.required(type), node, given);
    }
    return read;
  }

  private Optional<Object> scalar(DataType type, String text, Scalar scalar) {
    try {
      if (type instanceof DataType.Decimal decimal) {
        BigDecimal value = new BigDecimal(text).setScale(decimal.scale(), RoundingMode.UNNECESSARY);
        return value.precision() > decimal.precision() ? Optional.empty() : Optional.of(value);
      }
      if (!(type instanceof DataType.Simple simple)) {
        return Optional.empty();
      }
      return switch (simple.kind()) {
        case BOOLEAN -> bool(text);
        case INT -> Optional.of(Long.parseLong(text.replace("_", "")));
        case DOUBLE -> Optional.of(Double.parseDouble(text));
        case STRING -> Optional.of(scalar.text());
        case BYTES -> Optional.of(java.util.Base64.getDecoder().decode(text));
        case TIMESTAMP -> time(Times.parseTimestamp(text));
        case DATE -> time(Times.parseDate(text));
        case DURATION -> duration(text);
        case JSON -> Optional.of(json(scalar));
      };
    } catch (IllegalArgumentException | ArithmeticException doesNotFit) {
      return Optional.empty();
    }
  }

  private static Optional<Object> bool(String text) {
    return text.equals("true") || text.equals("false")
        ? Optional.of(Boolean.valueOf(text))
        : Optional.empty();
  }

  private static Optional<Object> time(long value) {
    return value == Times.NONE ? Optional.empty() : Optional.of(value);
  }

  private static Optional<Object> duration(String text) {
    Matcher matcher = SHORT_DURATION.matcher(text);
    if (matcher.matches()) {
      long unit = MICROS.getOrDefault(matcher.group(2), 1L);
      return Optional.of(Math.multiplyExact(Long.parseLong(matcher.group(1)), unit));
    }
    return time(Times.parseDuration(text));
  }

  private Optional<Object> list(String name, DataType.ListOf type, Sequence sequence) {
    List<@org.jspecify.annotations.Nullable Object> values = new ArrayList<>();
    for (SyntaxNode element : sequence.elements()) {
      Optional<Constant> value = read(name, type.element(), element);
      if (value.isEmpty()) {
        return Optional.of(List.of());
      }
      values.add(value.get().value().orElse(null));
    }
    return Optional.of(values);
  }

  private Optional<Object> map(String name, DataType.MapOf type, Mapping mapping) {
    Map<String, @org.jspecify.annotations.Nullable Object> values = new LinkedHashMap<>();
    for (Mapping.Entry entry : mapping.entries()) {
      read(name + "." + entry.name(), type.value(), entry.value())
          .ifPresent(value -> values.put(entry.name(), value.value().orElse(null)));
    }
    return Optional.of(values);
  }

  private Optional<Object> record(String name, DataType.RecordOf type, Mapping mapping) {
    return Optional.of(fields(name + ".", type.schema(), mapping));
  }

  /** The values of a record's fields in order, null where one is missing or wrong. */
  public @org.jspecify.annotations.Nullable Object[] fields(
      String prefix, io.penstock.api.data.Schema schema, Mapping mapping) {
    @org.jspecify.annotations.Nullable Object[] values = new Object[schema.fields().size()];
    for (Mapping.Entry entry : mapping.entries()) {
      int index = schema.indexOf(entry.name());
      if (index < 0) {
        problems.add(
            ProblemCode.E301,
            entry.key().origin(),
            "unknown field `" + entry.name() + "`",
            io.penstock.api.problem.Nearest.hint(entry.name(), "fields here", schema.names()));
        continue;
      }
      ValueType type = schema.fields().get(index).type();
      values[index] =
          read(prefix + entry.name(), type, entry.value()).flatMap(Constant::value).orElse(null);
    }
    for (Field field : schema.fields()) {
      if (!field.type().optional() && mapping.entry(field.name()).isEmpty()) {
        problems.add(
            ProblemCode.E103,
            mapping.origin(),
            "the field `" + prefix + field.name() + "` is missing",
            "add it, or declare it `optional`");
      }
    }
    return values;
  }

  private static Json json(SyntaxNode node) {
    if (node instanceof Sequence sequence) {
      return Json.list(sequence.elements().stream().map(ConstantReader::json).toList());
    }
    if (node instanceof Mapping mapping) {
      Map<String, Json> members = new LinkedHashMap<>();
      mapping.entries().forEach(entry -> members.put(entry.name(), json(entry.value())));
      return Json.object(members);
    }
    Scalar scalar = (Scalar) node;
    if (scalar.style() != Scalar.Style.PLAIN) {
      return Json.ofText(scalar.text());
    }
    if (scalar.isNull()) {
      return Json.ofNull();
    }
    String text = scalar.text();
    if (text.equals("true") || text.equals("false")) {
      return Json.of(Boolean.parseBoolean(text));
    }
    return text.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?")
        ? Json.ofNumber(text)
        : Json.ofText(text);
  }

  private Optional<Constant> wrong(String name, ValueType type, SyntaxNode node, String given) {
    problems.add(
        ProblemCode.E104,
        node.origin(),
        "`" + name + "` must be " + form(type.type()) + ", not " + given,
        "write it as " + example(type.type()));
    return Optional.empty();
  }

  private static String form(DataType type) {
    return type instanceof DataType.Simple simple && simple.kind() == DataType.Simple.Kind.INT
        ? "an int"
        : "a " + type;
  }

  private static String example(DataType type) {
    if (type instanceof DataType.Simple simple) {
      return switch (simple.kind()) {
        case BOOLEAN -> "true or false";
        case INT -> "10";
        case DOUBLE -> "0.5";
        case STRING, JSON -> "a text";
        case BYTES -> "base64";
        case TIMESTAMP -> "2026-01-31T12:00:00Z";
        case DATE -> "2026-01-31";
        case DURATION -> "500ms, 10s, 5m, 2h or 1d";
      };
    }
    if (type instanceof DataType.Decimal decimal) {
      return "a number with at most " + decimal.scale() + " places, such as 10";
    }
    return type instanceof DataType.ListOf ? "a list `[a, b]`" : "a map `{ a: 1 }`";
  }
}
