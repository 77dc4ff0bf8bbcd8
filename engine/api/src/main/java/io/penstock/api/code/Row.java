package io.penstock.api.code;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Fields by name. A getter with a type throws where the field is missing, null or of another type;
 * {@link #get} gives null where it is missing or null.
 *
 * <p>Values are {@code Boolean}, {@code Long} (int), {@code Double}, {@code BigDecimal} (decimal),
 * {@code String}, {@code byte[]}, {@code Instant} (timestamp), {@code LocalDate} (date), {@code
 * Duration}, {@code List}, and {@code Map} for maps and records; json is taken apart into these.
 */
public interface Row {
  /** Whether there is a field of this name, null or not. */
  boolean has(String field);

  /** Whether the field is missing or null. */
  boolean isNull(String field);

  /** The value, null where it is missing or null. */
  @Nullable Object get(String field);

  boolean getBoolean(String field);

  /** Of an int. */
  long getLong(String field);

  /** Of a double, int or decimal. */
  double getDouble(String field);

  /** Of a decimal or int. */
  BigDecimal getDecimal(String field);

  String getString(String field);

  byte[] getBytes(String field);

  /** Of a timestamp. */
  Instant getInstant(String field);

  LocalDate getDate(String field);

  Duration getDuration(String field);

  List<@Nullable Object> getList(String field);

  /** Of a map or record. */
  Map<String, @Nullable Object> getMap(String field);

  /**
   * Sets a field.
   *
   * @return this row
   */
  Row set(String field, @Nullable Object value);

  /**
   * Takes a field away.
   *
   * @return this row
   */
  Row remove(String field);

  /** The names of the fields. */
  Set<String> names();
}
