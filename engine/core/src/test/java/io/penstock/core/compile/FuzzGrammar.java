package io.penstock.core.compile;

import java.util.Random;

/**
 * Makes random expressions with fields of every simple type, with and without nulls: i, j, n?
 * (int), x, y, z? (double), d, e? (decimal), p, q, b? (boolean), s, t, u? (string), w, v?
 * (timestamp), and names that lie in the rest of an open row.
 */
final class FuzzGrammar {
  private static final int[] DEPTHS = {1, 1, 1, 1, 2, 2, 2, 3, 4};

  private final Random random;

  FuzzGrammar(long seed) {
    random = new Random(seed);
  }

  String expression() {
    int depth = DEPTHS[random.nextInt(DEPTHS.length)];
    return switch (random.nextInt(8)) {
      case 0, 1 -> whole(depth);
      case 2 -> real(depth);
      case 3 -> decimal(depth);
      case 4, 5 -> text(depth);
      case 6 -> time(depth);
      default -> truth(depth);
    };
  }

  private String any(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private String whole(int depth) {
    if (depth == 0 || random.nextInt(5) == 0) {
      return any("i", "j", "n", "n", "1", "-1", "7", "3_000_000_000", "9223372036854775807");
    }
    int less = depth - 1;
    return switch (random.nextInt(16)) {
      case 0, 1 -> "(" + whole(less) + any(" + ", " - ") + whole(less) + ")";
      case 2 -> "(" + whole(less) + " * " + whole(less) + ")";
      case 3 -> "(" + whole(less) + " % " + whole(less) + ")";
      case 4 -> "(-" + whole(less) + ")";
      case 5 -> choice(whole(less), whole(less), less);
      case 6 -> "coalesce(" + whole(less) + ", " + whole(less) + ", " + whole(0) + ")";
      case 7 -> "length(" + text(less) + ")";
      case 8 -> any("hour", "minute", "second", "year") + "(" + time(less) + ", " + zone() + ")";
      case 9 -> any("month", "day", "day_of_week", "week") + "(" + time(less) + ", " + zone() + ")";
      case 10 -> "to_int(" + any(text(less), real(less), truth(less)) + ")";
      case 11 -> "try(" + whole(less) + ", " + whole(0) + ")";
      case 12 -> "abs(" + whole(less) + ")";
      case 13 -> "div(" + whole(less) + ", " + whole(less) + ")";
      case 14 -> any("(k + 1)", "to_int(k)", "min_of(" + whole(less) + ", i)", "(m.a * 2)");
      default -> "case(" + truth(less) + ", " + whole(less) + ", " + truth(0) + ", 5)";
    };
  }

  private String zone() {
    return any("'UTC'", "'+05:30'", "'-11:00'", "'Europe/Paris'", "'Z'");
  }

  private String choice(String then, String otherwise, int depth) {
    return "if(" + truth(depth) + ", " + then + ", " + otherwise + ")";
  }

  private String real(int depth) {
    if (depth == 0 || random.nextInt(5) == 0) {
      return any("x", "y", "z", "z", "2.5e0", "0e0", "1e300");
    }
    int less = depth - 1;
    return switch (random.nextInt(9)) {
      case 0, 1 -> "(" + real(less) + any(" + ", " - ", " * ") + real(less) + ")";
      case 2 -> "(" + real(less) + any(" / ", " % ") + real(less) + ")";
      case 3 -> "(" + whole(less) + " / " + whole(less) + ")";
      case 4 -> "(-" + real(less) + ")";
      case 5 -> choice(real(less), real(less), less);
      case 6 -> "coalesce(" + real(less) + ", " + whole(less) + ")";
      case 7 -> "sqrt(" + real(less) + ")";
      default -> "round(" + real(less) + ", 2)";
    };
  }

  private String decimal(int depth) {
    if (depth == 0 || random.nextInt(5) == 0) {
      return any("d", "e", "f", "0.5", "12.345", "9223372036854775808");
    }
    int less = depth - 1;
    return switch (random.nextInt(9)) {
      case 0, 1 -> "(" + decimal(less) + any(" + ", " - ") + decimal(less) + ")";
      case 2, 3 -> "(" + decimal(less) + " * " + any(decimal(less), whole(0)) + ")";
      case 4 -> "(" + decimal(less) + any(" / ", " % ") + decimal(less) + ")";
      case 5 -> "(-" + decimal(less) + ")";
      case 6 -> choice(decimal(less), decimal(less), less);
      case 7 -> "coalesce(" + decimal(less) + ", " + whole(less) + ")";
      default -> any("round", "abs", "floor") + "(" + decimal(less) + ")";
    };
  }

  private String text(int depth) {
    if (depth == 0 || random.nextInt(4) == 0) {
      return any("s", "t", "u", "u", "'a'", "'it\\'s \\\\u0022 */ \\\\'", "'é😀'", "''", "' b '");
    }
    int less = depth - 1;
    return switch (random.nextInt(16)) {
      case 0, 1 -> "(" + text(less) + " + " + any(text(less), whole(less), time(0)) + ")";
      case 2 -> any("upper", "lower", "capitalize", "reverse") + "(" + text(less) + ")";
      case 3 -> any("trim", "trim_start", "trim_end") + "(" + text(less) + ")";
      case 4 -> "substring(" + text(less) + ", " + whole(0) + ")";
      case 5 -> "substring(" + text(less) + ", " + any("1", "-2", "j") + ", " + whole(0) + ")";
      case 6 -> any("left", "right") + "(" + text(less) + ", " + whole(0) + ")";
      case 7 -> choice(text(less), text(less), less);
      case 8 -> "coalesce(" + text(less) + ", " + text(less) + ")";
      case 9 -> "concat(" + text(less) + ", " + any(whole(less), truth(less)) + ", u)";
      case 10 -> "to_string(" + any(whole(less), real(less), decimal(less), truth(less)) + ")";
      case 11 -> "replace(" + text(less) + ", " + text(0) + ", 'xy')";
      case 12 -> "`<${" + any(decimal(less), text(less)) + "}>`";
      case 13 ->
          any("cast(k, 'string')", "upper(m.a)", "trim(k)", "pad_start(" + text(less) + ", 3)");
      case 14 -> "split_part(" + text(less) + ", 'a', 1)";
      default -> "case(" + truth(less) + ", " + text(less) + ", " + truth(0) + ", 'c', u)";
    };
  }

  private String time(int depth) {
    if (depth == 0 || random.nextInt(2) == 0) {
      return any("w", "v");
    }
    return switch (random.nextInt(3)) {
      case 0 -> "(" + time(depth - 1) + any(" + ", " - ") + any("1h", "36h", "250ms") + ")";
      case 1 -> choice(time(depth - 1), time(depth - 1), depth - 1);
      default -> "coalesce(" + time(depth - 1) + ", w)";
    };
  }

  private String truth(int depth) {
    if (depth == 0 || random.nextInt(6) == 0) {
      return any("p", "q", "b", "b", "true", "u == null", "n != null", "m.a == null", "k == 5");
    }
    int less = depth - 1;
    return switch (random.nextInt(16)) {
      case 0, 1 -> "(" + truth(less) + any(" && ", " and ") + truth(less) + ")";
      case 2, 3 -> "(" + truth(less) + any(" || ", " or ") + truth(less) + ")";
      case 4 -> "(not " + truth(less) + ")";
      case 5 -> "(" + whole(less) + order() + whole(less) + ")";
      case 6 -> "(" + real(less) + order() + real(less) + ")";
      case 7 -> "(" + decimal(less) + order() + any(decimal(less), whole(0)) + ")";
      case 8 -> "(" + text(less) + order() + text(less) + ")";
      case 9 -> "(" + time(less) + order() + time(less) + ")";
      case 10 ->
          "(" + text(less) + any(" =^ ", " =$ ", " !^ ", " !$ ", " =~ ") + any("'a'", "s") + ")";
      case 11 -> "(" + whole(less) + any(" in [1, 2, 7]", " in [0, null, -3, 4, 5, 6, 8, 9]") + ")";
      case 12 ->
          "("
              + text(less)
              + any(" in ['a', 'é', null]", " in ['', 'a', 'b', 'c', 'd', 'e', 'x']")
              + ")";
      case 13 ->
          "(" + any(whole(less), text(less), decimal(less)) + any(" == null", " != null") + ")";
      case 14 ->
          any("contains", "starts_with", "ends_with") + "(" + text(less) + ", " + text(0) + ")";
      default ->
          "(" + any(text(less) + " === " + text(less), "n === " + whole(less), "b === p") + ")";
    };
  }

  private String order() {
    return any(" < ", " <= ", " > ", " >= ", " == ", " != ");
  }
}
