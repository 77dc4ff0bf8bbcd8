package io.penstock.core.upgrade;

import io.penstock.core.logical.LogicalNode.Section;

/**
 * What becomes of what one step has kept.
 *
 * @param step its name now; the name that it had where it is gone
 * @param former the name under which its state lies; the same where it was not renamed
 * @param why in a few words, for people; empty for what was not touched
 */
public record Outcome(Section section, String step, String former, Fate fate, String why) {
  /** What becomes of state, position or output. */
  public enum Fate {
    /** The state, the position, the output goes on. */
    KEPT,
    /** The state goes on, in a wider form. */
    MIGRATED,
    /** The step is new, or its state was given up: it begins with none, at its start. */
    EMPTY,
    /** The step is gone, and so is what it kept. */
    DROPPED,
    /** What was kept means nothing to the step now, and the user has not given it up. */
    REFUSED
  }
}
