package io.penstock.api.option;

/**
 * What an option of a source or a sink is about, and so what a changed value means for the position
 * or the output that a run has kept. A secret says who asks, not what for: it counts as {@link
 * #PACE}.
 */
public enum Matter {
  /** Which data are meant: elsewhere, a kept position or output has no meaning. */
  PLACE,

  /** How records are understood or made: what is kept stays good, later records differ. */
  CONTENT,

  /** How fast, in which pieces, on whose account: the records are the same. */
  PACE
}
