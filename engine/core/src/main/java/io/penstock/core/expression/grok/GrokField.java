package io.penstock.core.expression.grok;

import com.google.re2j.Matcher;
import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import io.penstock.api.data.ValueType;
import io.penstock.core.expression.Conversions;
import io.penstock.core.expression.EvaluationException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A field of what a pattern finds: a part of the text, or a record of fields. */
sealed interface GrokField {
  ValueType type();

  @Nullable Object value(Matcher found);

  /**
   * A part of the text; of several groups the first that has one.
   *
   * @param groups their numbers
   */
  record Part(String name, DataType of, int[] groups, boolean certain) implements GrokField {
    @Override
    public ValueType type() {
      return new ValueType(of, !certain);
    }

    @Override
    public @Nullable Object value(Matcher found) {
      String text = text(found);
      return text == null || of.equals(DataType.STRING) ? text : read(text);
    }

    @Nullable String text(Matcher found) {
      for (int group : groups) {
        String text = found.group(group);
        if (text != null) {
          return text;
        }
      }
      return null;
    }

    private Object read(String text) {
      try {
        return Conversions.fromText(text, of);
      } catch (EvaluationException wrong) {
        throw new EvaluationException(
            wrong.code(), wrong.text() + ", as the field `" + name + "` wants it");
      }
    }

    Part with(Part more) {
      int[] all = java.util.Arrays.copyOf(groups, groups.length + more.groups.length);
      System.arraycopy(more.groups, 0, all, groups.length, more.groups.length);
      return new Part(name, of, all, certain || more.certain);
    }
  }

  /** Fields with names, in the order in which the pattern has them. */
  record Parts(Map<String, GrokField> fields) implements GrokField {
    static Parts none() {
      return new Parts(new LinkedHashMap<>());
    }

    @Override
    public ValueType type() {
      List<Field> types = new ArrayList<>();
      fields.forEach((name, field) -> types.add(new Field(name, field.type())));
      return ValueType.required(new DataType.RecordOf(Schema.of(types)));
    }

    @Override
    public @Nullable Object[] value(Matcher found) {
      @Nullable Object[] values = new Object[fields.size()];
      int next = 0;
      for (GrokField field : fields.values()) {
        values[next++] = field.value(found);
      }
      return values;
    }

    /** Adds a part at a path. */
    void add(List<String> path, Part part) {
      String name = path.get(0);
      GrokField there = fields.get(name);
      if (path.size() > 1) {
        Parts inner = there == null ? none() : there instanceof Parts parts ? parts : null;
        if (inner == null) {
          throw twice(part, name);
        }
        inner.add(path.subList(1, path.size()), part);
        fields.put(name, inner);
        return;
      }
      if (there != null && !(there instanceof Part)) {
        throw twice(part, name);
      }
      if (there instanceof Part other && !other.of().equals(part.of())) {
        throw new GrokMistake(
            "the field `" + part.name() + "` is " + other.of() + " and also " + part.of(),
            "give it one type at all its places");
      }
      fields.put(name, there instanceof Part other ? other.with(part) : part);
    }

    private static GrokMistake twice(Part part, String name) {
      return new GrokMistake(
          "the field `" + part.name() + "` needs `" + name + "` as a record and as a text",
          "give one of them another name");
    }
  }
}
