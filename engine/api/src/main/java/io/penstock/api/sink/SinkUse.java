package io.penstock.api.sink;

/**
 * How a run is going to use a sink.
 *
 * @param keepsState whether the run keeps state, so that a later one goes on where it ended
 * @param exactlyOnce whether the pipeline asks for exactly once
 */
public record SinkUse(boolean keepsState, boolean exactlyOnce) {
  /** A run that keeps no state and asks for nothing. */
  public static final SinkUse EPHEMERAL = new SinkUse(false, false);
}
