package io.penstock.dsl.language.syntax;

/** Whether quotes and parentheses of a piece of an expression are closed. */
final class Balance {
  private Balance() {}

  static boolean isClosed(CharSequence text) {
    int open = 0;
    char quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote != 0) {
        if (c == '\\') {
          i++;
        } else if (c == quote) {
          quote = 0;
        }
      } else if (c == '\'' || c == '"') {
        quote = c;
      } else if (c == '(' || c == '[' || c == '{') {
        open++;
      } else if (c == ')' || c == ']' || c == '}') {
        open--;
      }
    }
    return open <= 0 && quote == 0;
  }
}
