package io.penstock.core.expression.grok;

import java.util.List;

/** A pattern cannot be put together; says what is wrong and the one thing to do. */
public final class GrokMistake extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String hint;
  private final boolean reported;

  GrokMistake(String message, String hint) {
    this(message, hint, false);
  }

  private GrokMistake(String message, String hint, boolean reported) {
    super(message, null, false, false);
    this.hint = hint;
    this.reported = reported;
  }

  /** A pattern that leads back to itself, by way of others. */
  static GrokMistake circle(String name, List<String> way) {
    return new GrokMistake(
        "the pattern `" + name + "` contains itself: " + String.join(" -> ", way),
        "write out one of them");
  }

  /** One that only follows from another, which has been reported at its own place. */
  static GrokMistake following(String name) {
    return new GrokMistake("the pattern `" + name + "` cannot be read", "mend it", true);
  }

  /** Whether it only follows from one that has been reported. */
  public boolean reported() {
    return reported;
  }

  /** What is wrong. */
  public String text() {
    String message = getMessage();
    return message == null ? "" : message;
  }

  /** What to do. */
  public String hint() {
    return hint;
  }
}
