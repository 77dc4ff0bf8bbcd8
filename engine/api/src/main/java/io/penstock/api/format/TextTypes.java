package io.penstock.api.format;

import io.penstock.api.data.FieldPath;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;

/**
 * How texts and numbers become times where a schema says so: {@code timestamp('yyyy/MM/dd HH:mm',
 * 'Europe/Paris')}, {@code timestamp(epoch_ms)}, {@code date('dd/MM/yyyy')}.
 *
 * @param patterns by the path of the field (list elements have their list's path); what is not
 *     named is RFC 3339 or ISO 8601
 */
public record TextTypes(Map<FieldPath, TimePattern> patterns) {
  public TextTypes {
    patterns = Map.copyOf(patterns);
  }

  public static TextTypes standard() {
    return new TextTypes(Map.of());
  }

  /** The pattern of a field. */
  public Optional<TimePattern> pattern(FieldPath path) {
    return Optional.ofNullable(patterns.get(path));
  }

  /** How a time is written. */
  public sealed interface TimePattern {}

  /**
   * A text by a pattern of java.time.
   *
   * @param pattern java.time's letters
   * @param zone the zone of texts that name none; for timestamps always there
   * @param strict whether local times that a change of the clocks skips or repeats are errors
   */
  public record Text(String pattern, Optional<ZoneId> zone, boolean strict)
      implements TimePattern {}

  /** A number counted from 1970. */
  public enum Epoch implements TimePattern {
    EPOCH_S,
    EPOCH_MS,
    EPOCH_US,
    EPOCH_NS
  }
}
