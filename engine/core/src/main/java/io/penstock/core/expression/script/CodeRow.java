package io.penstock.core.expression.script;

import io.penstock.api.code.Row;
import io.penstock.api.problem.ProblemCode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A row as Java code sees it. */
final class CodeRow implements Row {
  private final Map<String, @Nullable Object> values;

  CodeRow(Map<String, @Nullable Object> values) {
    this.values = values;
  }

  Map<String, @Nullable Object> values() {
    return values;
  }

  @Override
  public boolean has(String field) {
    return values.containsKey(field);
  }

  @Override
  public boolean isNull(String field) {
    return values.get(field) == null;
  }

  @Override
  public @Nullable Object get(String field) {
    return values.get(field);
  }

  @Override
  public boolean getBoolean(String field) {
    return get(field, Boolean.class, "a boolean");
  }

  @Override
  public long getLong(String field) {
    return get(field, Long.class, "an int");
  }

  @Override
  public double getDouble(String field) {
    return get(field, Number.class, "a number").doubleValue();
  }

  @Override
  public BigDecimal getDecimal(String field) {
    Number number = get(field, Number.class, "a decimal");
    if (number instanceof Double) {
      throw wrong(field, number, "a decimal");
    }
    return number instanceof BigDecimal exact ? exact : BigDecimal.valueOf(number.longValue());
  }

  @Override
  public String getString(String field) {
    return get(field, String.class, "a string");
  }

  @Override
  public byte[] getBytes(String field) {
    return get(field, byte[].class, "bytes");
  }

  @Override
  public Instant getInstant(String field) {
    return get(field, Instant.class, "a timestamp");
  }

  @Override
  public LocalDate getDate(String field) {
    return get(field, LocalDate.class, "a date");
  }

  @Override
  public Duration getDuration(String field) {
    return get(field, Duration.class, "a duration");
  }

  @Override
  @SuppressWarnings("unchecked")
  public List<@Nullable Object> getList(String field) {
    return (List<@Nullable Object>) get(field, List.class, "a list");
  }

  @Override
  @SuppressWarnings("unchecked")
  public Map<String, @Nullable Object> getMap(String field) {
    return (Map<String, @Nullable Object>) get(field, Map.class, "a map or record");
  }

  private <T> T get(String field, Class<T> type, String wanted) {
    Object value = values.get(field);
    if (!type.isInstance(value)) {
      throw wrong(field, value, wanted);
    }
    return type.cast(value);
  }

  private CodeFailure wrong(String field, @Nullable Object value, String wanted) {
    String is = values.containsKey(field) ? "is " + ScriptValues.kind(value) : "is no field";
    return new CodeFailure(
        ProblemCode.D204, "`" + field + "` " + is + ", and " + wanted + " is wanted");
  }

  @Override
  public Row set(String field, @Nullable Object value) {
    values.put(field, value);
    return this;
  }

  @Override
  public Row remove(String field) {
    values.remove(field);
    return this;
  }

  @Override
  public Set<String> names() {
    return Set.copyOf(values.keySet());
  }
}
