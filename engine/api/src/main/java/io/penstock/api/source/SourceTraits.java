package io.penstock.api.source;

/**
 * What is known of a source without opening it.
 *
 * @param bounded whether it ends
 * @param replayable whether it can be read again from a position
 * @param deterministic whether the same positions give the same rows
 * @param ordered whether the rows of a split have an order that is kept
 * @param waits whether its reader may block, and so wants an I/O thread
 * @param held whether whoever gives the rows keeps them until they are decided, and gives them
 *     again where they are not
 * @param kind bytes, which the engine decodes, or rows
 */
public record SourceTraits(
    boolean bounded,
    boolean replayable,
    boolean deterministic,
    boolean ordered,
    boolean waits,
    boolean held,
    Kind kind) {
  /** A source whose rows nobody else keeps for it. */
  public SourceTraits(
      boolean bounded,
      boolean replayable,
      boolean deterministic,
      boolean ordered,
      boolean waits,
      Kind kind) {
    this(bounded, replayable, deterministic, ordered, waits, false, kind);
  }

  /** What the reader hands on. */
  public enum Kind {
    BYTES,
    ROWS
  }
}
