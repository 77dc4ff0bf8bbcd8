package io.penstock.core.logical;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes the rows that are missing in series: one for each step of time between two rows of a key.
 * Rows come in the order of their times, those that are made together with the one that follows
 * them.
 *
 * @param by the fields whose values tell series apart, in the schema of the input and the result
 * @param at the field that gets the time of a row that is made
 * @param every the step, longer than nothing
 * @param within how far apart two rows are at most that have others made between them; empty: any
 *     distance
 * @param take how other fields get their values; those not named get null
 */
public record FillGaps(
    List<String> by, String at, Duration every, Optional<Duration> within, Map<String, Way> take)
    implements Operation, Operation.ByTime {
  public FillGaps {
    by = List.copyOf(by);
    take = Map.copyOf(take);
  }

  /** How a field of a row that is made gets its value. */
  public enum Way {
    /** That of the row before. */
    LAST,
    /** On the line from the row before to the one behind. */
    INTERPOLATE,
    /** None. */
    NULL
  }

  @Override
  public boolean keepsByTime() {
    return true;
  }

  @Override
  public boolean hasWindows() {
    return false;
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.fillGaps(this);
  }
}
