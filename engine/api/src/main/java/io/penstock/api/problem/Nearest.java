package io.penstock.api.problem;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that was meant: "did you mean". */
public final class Nearest {
  private static final int MOST_SHOWN = 12;

  private Nearest() {}

  /** The known name that differs from the given one in at most a third of it; the nearest first. */
  public static Optional<String> to(String given, Collection<String> known) {
    String best = "";
    int least = Math.max(1, given.length() / 3) + 1;
    for (String name : known) {
      int distance = distance(given.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT));
      if (distance < least) {
        least = distance;
        best = name;
      }
    }
    return best.isEmpty() ? Optional.empty() : Optional.of(best);
  }

  /**
   * The hint for an unknown name.
   *
   * @param what the known names are, as in "fields here"
   */
  public static String hint(String given, String what, Collection<String> known) {
    String list = known.isEmpty() ? "there are no " + what : what + ": " + shown(known);
    return to(given, known).map(name -> "did you mean `" + name + "`? ").orElse("") + list;
  }

  private static String shown(Collection<String> known) {
    List<String> first = known.stream().limit(MOST_SHOWN).toList();
    int more = known.size() - first.size();
    return String.join(", ", first) + (more > 0 ? " and " + more + " more" : "");
  }

  /** How many letters are added, left out, replaced, or swapped with their neighbour. */
  private static int distance(String a, String b) {
    int[][] steps = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          steps[i][j] = i + j;
          continue;
        }
        int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int least = Math.min(steps[i - 1][j], steps[i][j - 1]) + 1;
        least = Math.min(least, steps[i - 1][j - 1] + same);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          least = Math.min(least, steps[i - 2][j - 2] + 1);
        }
        steps[i][j] = least;
      }
    }
    return steps[a.length()][b.length()];
  }
}
