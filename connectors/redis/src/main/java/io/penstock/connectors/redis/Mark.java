package io.penstock.connectors.redis;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the server knows of a run's epochs: it is written together with the rows.
 *
 * @param text as it is written; empty where there is none
 * @param epoch the last epoch of which rows are there; 0 for none
 * @param rows how many rows of it are through
 * @param whole whether all of it are there
 * @param refused the numbers of its rows that the server has refused
 */
record Mark(String text, long epoch, long rows, boolean whole, Set<Long> refused) {
  private static final String WHOLE = "whole";
  private static final String OPEN = "open";

  Mark {
    refused = Set.copyOf(refused);
  }

  static Mark of(Optional<String> written) {
    if (written.isEmpty()) {
      return new Mark("", 0, 0, true, Set.of());
    }
    String[] lines = written.get().split("\n", -1);
    String[] head = lines[0].split(" ", -1);
    Set<Long> refused = new TreeSet<>();
    for (int i = 1; i < lines.length; i++) {
      refused.add(Long.parseLong(lines[i]));
    }
    return new Mark(
        written.get(),
        Long.parseLong(head[0]),
        Long.parseLong(head[1]),
        head[2].equals(WHOLE),
        refused);
  }

  /** How a mark begins. */
  static String head(long epoch, long rows, boolean whole) {
    return epoch + " " + rows + " " + (whole ? WHOLE : OPEN);
  }

  /** The lines of refused rows, each behind a line feed. */
  String tail() {
    int end = text.indexOf('\n');
    return end < 0 ? "" : text.substring(end);
  }
}
