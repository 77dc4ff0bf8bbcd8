package io.penstock.core.expression.check;

import java.util.Collection;
import java.util.Optional;

/** Finds the name that was probably meant. */
final class Nearest {
  private static final int SHOWN = 20;

  private Nearest() {}

  static Optional<String> to(String written, Collection<String> names) {
    String best = null;
    int least = Math.max(1, written.length() / 3) + 1;
    for (String name : names) {
      int distance = name.equalsIgnoreCase(written) ? 0 : distance(written, name, least);
      if (distance < least) {
        least = distance;
        best = name;
      }
    }
    return Optional.ofNullable(best);
  }

  /** The names for a hint, the first twenty of them. */
  static String list(Collection<String> names) {
    if (names.isEmpty()) {
      return "none";
    }
    String shown = String.join(", ", names.stream().limit(SHOWN).toList());
    return names.size() <= SHOWN ? shown : shown + ", ... (" + names.size() + ")";
  }

  /** Insertions, deletions, changes and swaps of neighbours. */
  private static int distance(String a, String b, int limit) {
    if (Math.abs(a.length() - b.length()) >= limit || a.length() > 100) {
      return limit;
    }
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        boolean same = a.charAt(i - 1) == b.charAt(j - 1);
        int least =
            Math.min(
                cost[i - 1][j - 1] + (same ? 0 : 1), Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        cost[i][j] = swapped ? Math.min(least, cost[i - 2][j - 2] + 1) : least;
      }
    }
    return cost[a.length()][b.length()];
  }
}
