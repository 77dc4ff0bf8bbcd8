package io.penstock.core.compile;

/** A source text that does not compile, and where. */
public final class SourceRefused extends Exception {
  private static final long serialVersionUID = 1L;

  private final int line;
  private final int column;

  SourceRefused(String message, int line, int column, Throwable cause) {
    super(message, cause);
    this.line = line;
    this.column = column;
  }

  /** What is wrong, without the place. */
  public String text() {
    String message = getMessage();
    return message == null ? "" : message;
  }

  /** From 1; 0 where the place is unknown. */
  public int line() {
    return line;
  }

  /** From 1; 0 where the place is unknown. */
  public int column() {
    return column;
  }
}
