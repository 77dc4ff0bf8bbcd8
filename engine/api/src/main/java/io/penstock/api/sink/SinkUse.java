package io.penstock.api.sink;

/**
 * How a run is going to use a sink.
 *
 * @param keepsState whether the run keeps state, so that a later one goes on where it ended
 * @param exactlyOnce whether the pipeline asks for exactly once
 * @param atLeastOnce whether the pipeline says that at least once is enough, so that a sink may
 *     take the shorter way
 */
public record SinkUse(boolean keepsState, boolean exactlyOnce, boolean atLeastOnce) {
  /** A run that keeps no state and asks for nothing. */
  public static final SinkUse EPHEMERAL = new SinkUse(false, false);

  /** A run that does not say that at least once is enough. */
  public SinkUse(boolean keepsState, boolean exactlyOnce) {
    this(keepsState, exactlyOnce, false);
  }
}
