package io.penstock.testkit.simulation;

import java.util.ArrayList;
import java.util.List;

/** What has happened, as a hash, and as text where somebody is going to read it. */
public final class EventLog {
  private final boolean readable;
  private final List<String> lines = new ArrayList<>();
  private long hash = 1125899906842597L;
  private long count;

  /**
   * An empty log.
   *
   * @param readable whether the text is kept too
   */
  public EventLog(boolean readable) {
    this.readable = readable;
  }

  /** Something has happened. */
  public void event(String what, String where, long amount) {
    count++;
    hash = 31 * (31 * (31 * hash + what.hashCode()) + where.hashCode()) + amount;
    hash ^= hash >>> 29;
    if (readable) {
      lines.add(count + " " + what + (where.isEmpty() ? " " : " " + where + " ") + amount);
    }
  }

  /** Two runs in which the same happened have the same. */
  public long hash() {
    return hash;
  }

  /** The events, in order; empty where the text is not kept. */
  public List<String> lines() {
    return List.copyOf(lines);
  }
}
