package io.penstock.dsl.launcher.trial;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Rows as a multiset of canonical JSON: keys sorted, a missing field equals null, numbers by value
 * with a relative tolerance, instants by value to the microsecond.
 */
record JsonRows(List<JsonNode> rows) {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
  private static final Pattern INSTANT =
      Pattern.compile(
          "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?(Z|[+-]\\d\\d:\\d\\d)");
  private static final MathContext DIGITS = new MathContext(12);
  private static final double TOLERANCE = 1e-9;

  /** The rows of a file of JSON lines; none where there is no file. */
  static JsonRows read(Path file) throws IOException {
    List<JsonNode> rows = new ArrayList<>();
    if (Files.exists(file)) {
      for (String line : Files.readString(file, StandardCharsets.UTF_8).split("\n")) {
        if (!line.isBlank()) {
          rows.add(MAPPER.readTree(line));
        }
      }
    }
    return new JsonRows(rows);
  }

  /** The table that the rows give, where they are changes; else the rows themselves. */
  JsonRows applied() {
    if (rows.isEmpty() || !rows.get(0).has("op")) {
      return this;
    }
    Map<String, ArrayDeque<JsonNode>> table = new TreeMap<>();
    for (JsonNode change : rows) {
      JsonNode before = change.path("before");
      JsonNode after = change.path("after");
      if (before.isObject()) {
        ArrayDeque<JsonNode> there = table.get(canonical(before));
        if (there == null || there.poll() == null) {
          throw new AssertionError("what goes is not there: " + before);
        }
      }
      if (after.isObject()) {
        table.computeIfAbsent(canonical(after), key -> new ArrayDeque<>()).add(after);
      }
    }
    return new JsonRows(table.values().stream().flatMap(ArrayDeque::stream).toList());
  }

  /** One JSON text. */
  static JsonNode parse(String text) {
    return MAPPER.readTree(text);
  }

  int size() {
    return rows.size();
  }

  /** The same rows with these fields only. */
  JsonRows only(Set<String> fields) {
    return new JsonRows(
        rows.stream()
            .map(
                row -> {
                  var kept = MAPPER.createObjectNode();
                  fields.forEach(f -> kept.set(f, row.path(f)));
                  return (JsonNode) kept;
                })
            .toList());
  }

  /** The same rows without a field. */
  JsonRows without(String field) {
    List<JsonNode> others = new ArrayList<>();
    for (JsonNode row : rows) {
      var kept = MAPPER.createObjectNode();
      row.properties().forEach(m -> kept.set(m.getKey(), m.getValue()));
      kept.remove(field);
      others.add(kept);
    }
    return new JsonRows(others);
  }

  /** What is missing here and what is too much; empty where both are equal. */
  String differenceFrom(JsonRows expected) {
    List<JsonNode> missing = new ArrayList<>(expected.rows);
    List<JsonNode> surplus = new ArrayList<>(rows);
    removeEqual(missing, surplus);
    for (Iterator<JsonNode> left = missing.iterator(); left.hasNext(); ) {
      JsonNode wanted = left.next();
      for (Iterator<JsonNode> right = surplus.iterator(); right.hasNext(); ) {
        if (near(wanted, right.next())) {
          right.remove();
          left.remove();
          break;
        }
      }
    }
    return lines("missing  ", missing) + lines("surplus  ", surplus);
  }

  private static void removeEqual(List<JsonNode> missing, List<JsonNode> surplus) {
    Map<String, ArrayDeque<JsonNode>> found = new HashMap<>();
    surplus.forEach(
        row -> found.computeIfAbsent(canonical(row), key -> new ArrayDeque<>()).add(row));
    missing.removeIf(
        row -> {
          ArrayDeque<JsonNode> equal = found.get(canonical(row));
          return equal != null && equal.poll() != null;
        });
    surplus.clear();
    found.values().forEach(surplus::addAll);
  }

  private static String lines(String label, List<JsonNode> rows) {
    return rows.stream().limit(10).map(r -> label + r + "\n").collect(Collectors.joining());
  }

  private static String canonical(JsonNode node) {
    if (node.isNull() || node.isMissingNode()) {
      return "null";
    }
    if (node.isNumber()) {
      return "n" + rounded(node.decimalValue());
    }
    if (node.isString()) {
      return text(node.stringValue());
    }
    if (node.isArray()) {
      return node.valueStream().map(JsonRows::canonical).collect(Collectors.joining(",", "[", "]"));
    }
    if (node.isObject()) {
      TreeMap<String, String> members = new TreeMap<>();
      node.properties().stream()
          .filter(m -> !m.getValue().isNull())
          .forEach(m -> members.put(m.getKey(), canonical(m.getValue())));
      return members.toString();
    }
    return node.toString();
  }

  private static String rounded(BigDecimal number) {
    BigDecimal plain = number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
    return (plain.scale() <= 0 ? plain : plain.round(DIGITS).stripTrailingZeros()).toPlainString();
  }

  private static String text(String value) {
    if (INSTANT.matcher(value).matches()) {
      try {
        Instant at = OffsetDateTime.parse(value).toInstant();
        return "t" + at.getEpochSecond() + "." + at.getNano() / 1000;
      } catch (DateTimeParseException e) {
        return "s" + value;
      }
    }
    return "s" + value;
  }

  private static boolean near(JsonNode a, JsonNode b) {
    if (a.isNumber() && b.isNumber()) {
      double left = a.doubleValue();
      double right = b.doubleValue();
      double scale = Math.max(1, Math.max(Math.abs(left), Math.abs(right)));
      return left == right || Math.abs(left - right) <= TOLERANCE * scale;
    }
    if (a.isObject() && b.isObject()) {
      Set<String> names = new TreeSet<>(a.propertyNames());
      names.addAll(b.propertyNames());
      return names.stream().allMatch(name -> near(a.path(name), b.path(name)));
    }
    if (a.isArray() && b.isArray() && a.size() == b.size()) {
      for (int i = 0; i < a.size(); i++) {
        if (!near(a.get(i), b.get(i))) {
          return false;
        }
      }
      return true;
    }
    return canonical(a).equals(canonical(b));
  }
}
