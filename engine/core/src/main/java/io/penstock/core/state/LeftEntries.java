package io.penstock.core.state;

import java.io.IOException;

/** Entries without those that are not to stay. */
public record LeftEntries(Entries from, Stays stays) implements PassedEntries {
  /** Which entry stays. */
  @FunctionalInterface
  public interface Stays {
    /** Whether the entry that the cursor is at stays. */
    boolean test(Entries at) throws IOException;
  }

  @Override
  public boolean next() throws IOException {
    while (from.next()) {
      if (stays.test(from)) {
        return true;
      }
    }
    return false;
  }
}
