package io.penstock.api.sink;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Where rows go. The engine calls open once, then makes writers; commit and abort come from the
 * coordinator, never while a writer of the same epoch is in a call; close comes last, once. In a
 * run that keeps state, a recovery commits or delivers the last decided epoch again, then aborts
 * the next one, before any writer is made.
 */
public interface Sink extends AutoCloseable {
  void open(SinkContext run) throws IOException;

  /** The last epoch that the outside holds of this run. */
  default OptionalLong lastEpoch() throws IOException {
    return OptionalLong.empty();
  }

  /** A writer, for staged and immediate sinks; each is used by one task. */
  default SinkWriter writer(int index) throws IOException {
    throw new IllegalStateException("a spooled sink has no writer");
  }

  /** Makes what was staged visible; idempotent. Only staged sinks. */
  default Rejects commit(long epoch, long previous, List<Staged> staged) throws IOException {
    return Rejects.NONE;
  }

  /**
   * Delivers the rows of a decided epoch; idempotent: it may be called again with the same rows
   * after a failure or in a later process, and then rejects the same ones. Only spooled sinks.
   *
   * @param previous the epoch delivered before; 0 for none
   * @return the rejected rows, by their index among the rows of the epoch
   */
  default Rejects deliver(long epoch, long previous, SpoolReader rows) throws IOException {
    throw new IllegalStateException("not a spooled sink");
  }

  /**
   * Takes rows before they are decided, for those who can; asked for once, after open and after
   * what a former process has left is dealt with. Only spooled sinks.
   */
  default Optional<EarlyRows> earlyRows() throws IOException {
    return Optional.empty();
  }

  /**
   * What the outside looks like now that the epochs so far are delivered: whatever {@link #deliver}
   * must know to repeat its work in a later process, such as the length of a file. Called before
   * each decision and kept with it. Only spooled sinks.
   */
  default Staged mark() throws IOException {
    return new Staged("", Map.of());
  }

  /** Called after open, before deliver, with the mark of the checkpoint that the run resumes. */
  default void resume(Staged mark) throws IOException {}

  /**
   * Removes what was staged for this epoch and later ones, orphans of a former process that are not
   * in the list too. Only staged sinks.
   */
  default void abort(long epoch, List<Staged> staged) throws IOException {}

  /** Where the output lies, for the summary; empty where that says nothing. */
  default String location() {
    return "";
  }

  @Override
  void close() throws IOException;
}
