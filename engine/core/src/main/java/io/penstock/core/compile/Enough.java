package io.penstock.core.compile;

import io.penstock.api.system.Clock;

/**
 * When a loop is worth its class: after so many rows, and when closures have taken as long for them
 * as making the class takes. Then no run takes more than twice what the better way would have
 * taken, however long it turns out to be.
 *
 * @param rows below 0: before the first row
 * @param nanos time of all tasks together
 */
public record Enough(long rows, long nanos, Clock clock) {
  boolean atOnce() {
    return rows < 0;
  }
}
