package io.penstock.api.sink;

/**
 * What is known of a sink without opening it.
 *
 * @param kind how it commits
 * @param idempotentByKey whether writing a row again changes nothing
 * @param takesChanges whether it can take updates and deletes, whatever its format; a sink that
 *     writes records of a format takes them too where the format does
 * @param repeats whether an epoch that it has delivered may come again, because the outside does
 *     not tell what it has; only spooled sinks
 * @param loses whether rows that it has written may be lost, because nobody tells whether they
 *     arrive
 */
public record SinkTraits(
    Kind kind, boolean idempotentByKey, boolean takesChanges, boolean repeats, boolean loses) {
  /** A sink that delivers each epoch once. */
  public SinkTraits(Kind kind, boolean idempotentByKey, boolean takesChanges) {
    this(kind, idempotentByKey, takesChanges, false);
  }

  /** A sink that loses nothing. */
  public SinkTraits(Kind kind, boolean idempotentByKey, boolean takesChanges, boolean repeats) {
    this(kind, idempotentByKey, takesChanges, repeats, false);
  }

  /** How a sink commits. */
  public enum Kind {
    /** Has a durable, invisible form of its own that a commit makes visible. */
    STAGED,
    /** The engine keeps the epoch's rows; the sink delivers them after the decision. */
    SPOOLED,
    /** Writes at once: at least once. */
    IMMEDIATE
  }
}
