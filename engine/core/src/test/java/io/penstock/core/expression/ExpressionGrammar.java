package io.penstock.core.expression;

import java.util.Random;

/** Makes random expressions over i, j (int), x, y (double), p, q (boolean), s, t (string). */
final class ExpressionGrammar {
  private final Random random;

  ExpressionGrammar(long seed) {
    random = new Random(seed);
  }

  String expression() {
    return switch (random.nextInt(4)) {
      case 0 -> whole(4);
      case 1 -> real(4);
      case 2 -> text(3);
      default -> truth(4);
    };
  }

  private String any(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private String blank() {
    return any(" ", " ", "  ", "\n");
  }

  private String whole(int depth) {
    if (depth == 0 || random.nextInt(4) == 0) {
      return any("i", "j", "1", "2", "7", "(-3)", "1_0");
    }
    return switch (random.nextInt(6)) {
      case 0 -> whole(depth - 1) + blank() + any("+", "-") + blank() + whole(depth - 1);
      case 1 -> factor(depth - 1) + any("*", "%") + blank() + factor(depth - 1);
      case 2 -> "-" + factor(0);
      case 3 -> "(" + truth(depth - 1) + " ? " + whole(depth - 1) + " : " + whole(depth - 1) + ")";
      case 4 -> whole(depth - 1) + " + " + factor(depth - 1) + " * " + factor(depth - 1);
      default -> "(" + whole(depth - 1) + ")";
    };
  }

  private String factor(int depth) {
    return depth == 0 ? any("i", "j", "3") : "(" + whole(depth) + ")";
  }

  private String real(int depth) {
    if (depth == 0 || random.nextInt(4) == 0) {
      return any("x", "y", "2.5e0", "1e1");
    }
    return switch (random.nextInt(5)) {
      case 0 -> real(depth - 1) + blank() + any("+", "-") + blank() + real(depth - 1);
      case 1 -> "(" + real(depth - 1) + ")" + any("*", "/", "%") + "(" + real(depth - 1) + ")";
      case 2 -> whole(0) + any(" + ", " * ") + "(" + real(depth - 1) + ")";
      case 3 -> "(" + truth(depth - 1) + " ? " + real(depth - 1) + " : " + real(depth - 1) + ")";
      default -> "(" + real(depth - 1) + ")";
    };
  }

  private String text(int depth) {
    if (depth == 0 || random.nextInt(3) == 0) {
      return any("s", "t", "'a'", "\"b\"", "'it\\'s'", "'é😀'", "''");
    }
    return random.nextBoolean()
        ? text(depth - 1) + " + " + text(depth - 1)
        : "(" + truth(depth - 1) + " ? " + text(depth - 1) + " : " + text(depth - 1) + ")";
  }

  private String comparison(int depth) {
    return switch (random.nextInt(4)) {
      case 0 ->
          whole(depth)
              + any(" < ", "<=", ">", " >= ", " == ", "!=", " lt ", " ge ", " eq ", " ne ")
              + whole(depth);
      case 1 -> real(depth) + any(" < ", "<=", " > ", " gt ", " le ") + real(depth);
      case 2 -> text(depth) + any(" == ", " != ", " < ", " >= ") + text(depth);
      default -> text(depth) + any(" =^ ", " =$ ", " !^ ", " !$ ") + text(0);
    };
  }

  private String truth(int depth) {
    if (depth == 0 || random.nextInt(5) == 0) {
      return any("p", "q", "true", "false");
    }
    return switch (random.nextInt(6)) {
      case 0 -> truth(depth - 1) + any(" && ", " and ") + truth(depth - 1);
      case 1 -> truth(depth - 1) + any(" || ", " or ") + truth(depth - 1);
      case 2 -> any("!", "not ") + any("p", "q", "(" + truth(depth - 1) + ")");
      case 3 -> "(" + truth(depth - 1) + ")";
      default -> comparison(depth - 1);
    };
  }
}
