package io.penstock.dsl.launcher.test;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.FieldPath;
import io.penstock.api.data.Schema;
import io.penstock.api.data.TimeFormat;
import io.penstock.api.data.Times;
import io.penstock.api.format.TextTypes;
import io.penstock.api.problem.Nearest;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.problem.Problems;
import io.penstock.dsl.language.schema.ConstantReader;
import io.penstock.dsl.language.syntax.Mapping;
import io.penstock.dsl.language.syntax.Scalar;
import io.penstock.dsl.language.syntax.Sequence;
import io.penstock.dsl.language.syntax.SyntaxNode;
import io.penstock.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what a test gives to a source, typed by the source's schema. */
final class EntryReader {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

  private final Schema schema;
  private final TextTypes types;
  private final boolean textsOnly;
  private final boolean changes;
  private final Problems problems;

  /**
   * A reader.
   *
   * @param textsOnly whether every value of an open row is a text, as CSV gives it
   * @param changes whether rows may say what they do to a table
   */
  EntryReader(
      Schema schema, TextTypes types, boolean textsOnly, boolean changes, Problems problems) {
    this.changes = changes;
    this.schema = schema;
    this.types = types;
    this.textsOnly = textsOnly;
    this.problems = problems;
  }

  List<Entry> read(Sequence given) {
    List<Entry> entries = new ArrayList<>();
    for (SyntaxNode node : given.elements()) {
      if (node instanceof Mapping mapping) {
        entry(mapping).ifPresent(entries::add);
      } else if (node instanceof Scalar scalar && scalar.text().equals("restart")) {
        entries.add(new Entry.Restart());
      } else {
        problems.add(
            ProblemCode.E104,
            node.origin(),
            "an entry must be a row, `raw: text`, `advance: 2m` or `restart`, not " + node.kind(),
            "write a row as `{ field: value }`");
      }
    }
    return entries;
  }

  private Optional<Entry> entry(Mapping mapping) {
    if (isOnly(mapping, "raw") && mapping.entries().get(0).value() instanceof Scalar raw) {
      return Optional.of(new Entry.Raw(raw.text().getBytes(StandardCharsets.UTF_8)));
    }
    if (isOnly(mapping, "advance") && mapping.entries().get(0).value() instanceof Scalar by) {
      return advance(by);
    }
    if (changes && (isOnly(mapping, "insert") || isOnly(mapping, "delete"))) {
      return sides(mapping.entries().get(0).name(), mapping);
    }
    if (changes && isOnly(mapping, "update")) {
      return update(mapping.entries().get(0).value());
    }
    return Optional.of(new Entry.Row(row(mapping)));
  }

  private Optional<Entry> sides(String word, Mapping mapping) {
    Optional<Entry.Row> row = side(mapping, word);
    return row.isEmpty()
        ? Optional.empty()
        : Optional.of(
            word.equals("delete")
                ? new Entry.Changed(row, Optional.empty())
                : new Entry.Changed(Optional.empty(), row));
  }

  private Optional<Entry> update(SyntaxNode sides) {
    Set<String> wanted = Set.of("before", "after");
    if (!(sides instanceof Mapping mapping)
        || mapping.entries().size() != 2
        || !mapping.entries().stream().allMatch(side -> wanted.contains(side.name()))) {
      problems.add(
          ProblemCode.E104,
          sides.origin(),
          "an `update` must have a row `before` and a row `after`",
          "write it as `update: { before: { field: value }, after: { field: value } }`");
      return Optional.empty();
    }
    Optional<Entry.Row> before = side(mapping, "before");
    Optional<Entry.Row> after = side(mapping, "after");
    return before.isEmpty() || after.isEmpty()
        ? Optional.empty()
        : Optional.of(new Entry.Changed(before, after));
  }

  private Optional<Entry.Row> side(Mapping parent, String name) {
    for (Mapping.Entry entry : parent.entries()) {
      if (entry.name().equals(name) && entry.value() instanceof Mapping fields) {
        return Optional.of(new Entry.Row(row(fields)));
      }
      if (entry.name().equals(name)) {
        problems.add(
            ProblemCode.E104,
            entry.value().origin(),
            "`" + name + "` must be a row, not " + entry.value().kind(),
            "write it as `{ field: value }`");
      }
    }
    return Optional.empty();
  }

  /** A word of tests, unless the source has a field of that name. */
  private boolean isOnly(Mapping mapping, String word) {
    return mapping.entries().size() == 1
        && mapping.entries().get(0).name().equals(word)
        && schema.indexOf(word) < 0;
  }

  private Optional<Entry> advance(Scalar by) {
    Matcher matcher = DURATION.matcher(by.text());
    if (!matcher.matches()) {
      problems.add(
          ProblemCode.E104,
          by.origin(),
          "`advance` must be a duration such as 500ms, 10s or 5m, not `" + by.text() + "`",
          "write for example `advance: 2m`");
      return Optional.empty();
    }
    long count = Long.parseLong(matcher.group(1));
    Duration duration =
        switch (matcher.group(2)) {
          case "ms" -> Duration.ofMillis(count);
          case "s" -> Duration.ofSeconds(count);
          case "m" -> Duration.ofMinutes(count);
          case "h" -> Duration.ofHours(count);
          default -> Duration.ofDays(count);
        };
    return Optional.of(new Entry.Advance(duration));
  }

  @Nullable Object[] row(Mapping mapping) {
    ConstantReader reader = new ConstantReader(problems);
    List<Mapping.Entry> declared = new ArrayList<>();
    Map<String, Json> rest = new LinkedHashMap<>();
    Map<Integer, Object> times = new LinkedHashMap<>();
    for (Mapping.Entry entry : mapping.entries()) {
      int index = schema.indexOf(entry.name());
      Optional<Object> time = index < 0 ? Optional.empty() : time(index, entry.value());
      if (time.isPresent()) {
        times.put(index, time.get());
      } else if (index < 0 && schema.open()) {
        rest.put(entry.name(), json(reader, entry));
      } else if (index < 0) {
        problems.add(
            ProblemCode.E301,
            entry.key().origin(),
            "unknown field `" + entry.name() + "`",
            Nearest.hint(entry.name(), "fields here", schema.names()));
      } else {
        declared.add(entry);
      }
    }
    Schema asked = withoutTimes(times);
    @Nullable Object[] read = reader.fields("", asked, new Mapping(declared, mapping.origin()));
    @Nullable Object[] values = new Object[schema.columns()];
    for (int i = 0, next = 0; i < schema.fields().size(); i++) {
      values[i] = times.containsKey(i) ? times.get(i) : read[next++];
    }
    if (schema.open()) {
      values[schema.rest()] = Json.object(rest);
    }
    return values;
  }

  private Schema withoutTimes(Map<Integer, Object> times) {
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < schema.fields().size(); i++) {
      if (!times.containsKey(i)) {
        fields.add(schema.fields().get(i));
      }
    }
    return Schema.of(fields);
  }

  /** A time in the pattern that the source's schema gives it. */
  private Optional<Object> time(int index, SyntaxNode node) {
    Field field = schema.fields().get(index);
    Optional<TextTypes.TimePattern> pattern = types.pattern(FieldPath.of(field.name()));
    if (pattern.isEmpty()
        || !(pattern.get() instanceof TextTypes.Text text)
        || !(node instanceof Scalar scalar)) {
      return Optional.empty();
    }
    TimeFormat format = TimeFormat.of(text.pattern());
    long value =
        field.type().type().equals(DataType.DATE) || text.zone().isEmpty()
            ? format.parseDate(scalar.text())
            : format.parseTimestamp(scalar.text(), text.zone().get(), text.strict());
    return value == Times.NONE ? Optional.empty() : Optional.of(value);
  }

  private Json json(ConstantReader reader, Mapping.Entry entry) {
    if (textsOnly && entry.value() instanceof Scalar scalar) {
      return Json.ofText(scalar.text());
    }
    Object read =
        reader
            .read(
                entry.name(), io.penstock.api.data.ValueType.required(DataType.JSON), entry.value())
            .flatMap(ConstantReader.Constant::value)
            .orElse(Json.ofNull());
    return (Json) read;
  }
}
