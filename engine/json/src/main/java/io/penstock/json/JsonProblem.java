package io.penstock.json;

/**
 * A text is no JSON that is accepted here. Has no stack trace, because it is about data, not about
 * code.
 */
public final class JsonProblem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final long offset;
  private final boolean limit;

  private JsonProblem(String message, long offset, boolean limit) {
    super(message, null, false, false);
    this.offset = offset;
    this.limit = limit;
  }

  static JsonProblem wrong(String message, long offset) {
    return new JsonProblem(message, offset, false);
  }

  static JsonProblem limit(String message, long offset) {
    return new JsonProblem(message, offset, true);
  }

  /** The byte of the text, from 0, at which it stopped being JSON. */
  public long offset() {
    return offset;
  }

  /** Whether the text may be JSON, but passes a limit of this reader. */
  public boolean isLimit() {
    return limit;
  }

  /** What is wrong, without the place. */
  public String text() {
    String message = getMessage();
    return message == null ? "" : message;
  }
}
