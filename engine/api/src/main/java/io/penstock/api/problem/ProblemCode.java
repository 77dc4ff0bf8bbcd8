package io.penstock.api.problem;

/**
 * The table of all codes. A code is stable: its meaning never changes, its number is never used
 * again. The title says in a few words what is wrong; the page, one or two sentences, says how it
 * comes about and what to do; both stand in the reference.
 */
public enum ProblemCode {
  E001(
      "The pipeline file is empty",
      "The file holds no step. Write at least one source and one sink."),
  E002(
      "A limit of the text is passed",
      "The file is too large, too deep, or uses too many aliases. Split it, or bring shared pieces in with `use:`."),
  E003(
      "The text is no YAML",
      "The YAML parser stopped here. Look at the line and the one above it."),
  E104(
      "The value has the wrong form",
      "The option takes another form of value; the message lists the accepted ones."),
  E301("Unknown field", "The expression names a field that the step's input does not have."),
  D101("The record cannot be decoded", "The bytes are not what the format or the schema says."),
  R203(
      "Too many records fail", "More records failed than `stop_above` allows, so the run stopped.");

  /** The families of codes, by their first characters. */
  public enum Family {
    FILE(2),
    LINT(0),
    RECORD(8),
    STATE(5),
    SOURCE(6),
    SINK(7),
    RESOURCES(5);

    private final int exitCode;

    Family(int exitCode) {
      this.exitCode = exitCode;
    }

    /** The exit code of a run or a check that ends with a problem of this family. */
    public int exitCode() {
      return exitCode;
    }
  }

  private final String title;
  private final String page;

  ProblemCode(String title, String page) {
    this.title = title;
    this.page = page;
  }

  /** What is wrong, in a few words. */
  public String title() {
    return title;
  }

  /** How it comes about and what to do, one or two sentences. */
  public String page() {
    return page;
  }

  /** The family that the code's first characters name. */
  public Family family() {
    return switch (name().charAt(0)) {
      case 'E' -> Family.FILE;
      case 'W' -> Family.LINT;
      case 'D' -> Family.RECORD;
      default ->
          switch (name().charAt(1)) {
            case '1' -> Family.STATE;
            case '2' -> Family.SOURCE;
            case '3' -> Family.SINK;
            default -> Family.RESOURCES;
          };
    };
  }

  /** The exit code of a run or a check that ends with this problem. */
  public int exitCode() {
    return this == R203 ? 8 : family().exitCode();
  }
}
