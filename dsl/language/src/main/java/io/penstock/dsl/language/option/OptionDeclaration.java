package io.penstock.dsl.language.option;

import java.util.Optional;

/**
 * An option of a component.
 *
 * @param name the key in YAML
 * @param summary one sentence
 * @param byDefault as written in YAML
 * @param wrapping how the record holds a value that may be left out
 * @param range the least and the greatest number
 */
public record OptionDeclaration(
    String name,
    String summary,
    OptionType type,
    Wrapping wrapping,
    Optional<String> byDefault,
    boolean main,
    boolean secret,
    boolean required,
    Range range) {
  /** How the record holds the value. */
  public enum Wrapping {
    PLAIN,
    OPTIONAL,
    OPTIONAL_INT,
    OPTIONAL_LONG,
    OPTIONAL_DOUBLE
  }

  /** Limits of a number. */
  public record Range(long least, long most) {
    public boolean isOpen() {
      return least == Long.MIN_VALUE && most == Long.MAX_VALUE;
    }
  }

  /** Whether it may be left out, and then is empty. */
  public boolean isEmptyWhenLeftOut() {
    boolean holdsNothing =
        type instanceof OptionType.ListOf
            || type instanceof OptionType.MapOf
            || type instanceof OptionType.AssignmentsOf
            || type instanceof OptionType.SelectionsOf;
    return !required && (wrapping != Wrapping.PLAIN || holdsNothing);
  }

  /** Whether it must be written. */
  public boolean mustBeWritten() {
    return byDefault.isEmpty() && !isEmptyWhenLeftOut();
  }
}
