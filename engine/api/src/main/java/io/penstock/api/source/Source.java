package io.penstock.api.source;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Where rows come from. The engine calls open once, then discover, then makes readers; close comes
 * last, once, also where one of these has failed. Called by one thread at a time. What is wrong
 * with the world is thrown as a {@code PipelineException} of family R2, or as the {@code
 * IOException} that it is; the engine adds the step.
 */
public interface Source extends AutoCloseable {
  void open(SourceContext run) throws IOException;

  /** Looks for splits: at start with nothing known, later with all that is known. */
  Discovery discover(List<SplitState> known) throws IOException;

  /** Where reading of a split begins that was never read. */
  default Position start(Split split) throws IOException {
    return Position.START;
  }

  /** Where the split ends now: fixed at the start of a micro-batch. */
  Bound end(Split split) throws IOException;

  /** A reader; the engine makes one per reading task. */
  Reader reader(ReaderContext run) throws IOException;

  /** The epoch is decided: acknowledge what lies before these positions. Failing to is no error. */
  default void decided(long epoch, Map<Split, Position> upTo) throws IOException {}

  /** How many bytes or records are left, for progress; empty where nobody knows. */
  default OptionalLong left(Map<Split, Position> at) throws IOException {
    return OptionalLong.empty();
  }

  @Override
  void close() throws IOException;
}
