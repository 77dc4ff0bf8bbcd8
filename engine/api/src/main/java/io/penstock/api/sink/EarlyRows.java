package io.penstock.api.sink;

/**
 * Takes the rows of an epoch as they come, for a spooled sink whose outside can hold them out of
 * sight, as in an open transaction: then less is left to do once the epoch is decided. It is help
 * and no more: {@link Sink#deliver} is given the same rows, and must come to the same whatever
 * became of them here. So trouble with the outside is no error, but a reason to leave the rows to
 * {@code deliver}.
 *
 * <p>Used by the thread that writes the epoch; an earlier epoch may be delivered meanwhile by
 * another one. Epochs without rows are not told. Once the sink is closed nothing of an epoch that
 * was not delivered may ever be seen.
 */
public interface EarlyRows {
  /** More rows of the epoch at hand, in order. */
  void write(SinkRows rows);

  /** That was the last of its rows; the epoch is this one. */
  void ended(long epoch);
}
