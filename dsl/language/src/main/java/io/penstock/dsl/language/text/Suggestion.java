package io.penstock.dsl.language.text;

import java.util.Collection;
import java.util.Optional;

/** Did you mean: the known name nearest to a written one. */
public final class Suggestion {
  private static final int MOST_LISTED = 20;

  private Suggestion() {}

  /** The nearest name, if its edit distance is at most a third of the written name's length. */
  public static Optional<String> nearest(String written, Collection<String> known) {
    int limit = Math.max(1, written.length() / 3);
    Optional<String> best = Optional.empty();
    int least = limit + 1;
    for (String name : known) {
      int distance =
          Math.abs(name.length() - written.length()) > limit ? least : distance(written, name);
      if (distance < least) {
        least = distance;
        best = Optional.of(name);
      }
    }
    return best;
  }

  /**
   * A hint: {@code did you mean `filter`?}, else the known names after the given words ({@code
   * options here}).
   */
  public static String hint(String written, Collection<String> known, String words) {
    Optional<String> nearest = nearest(written, known);
    if (nearest.isPresent()) {
      return "did you mean `" + nearest.get() + "`?";
    }
    if (known.isEmpty()) {
      return "there are no " + words;
    }
    String names = String.join(", ", known.stream().limit(MOST_LISTED).toList());
    return words + ": " + names + (known.size() > MOST_LISTED ? ", ..." : "");
  }

  /** Insertions, deletions, replacements and swaps of neighbours. */
  private static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int least = Math.min(d[i - 1][j - 1] + change, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        d[i][j] = swapped ? Math.min(least, d[i - 2][j - 2] + 1) : least;
      }
    }
    return d[a.length()][b.length()];
  }
}
