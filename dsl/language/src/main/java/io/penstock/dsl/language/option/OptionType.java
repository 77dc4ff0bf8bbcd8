package io.penstock.dsl.language.option;

/** What kind of value an option takes. */
public sealed interface OptionType {
  /** One scalar. */
  record Simple(Kind kind) implements OptionType {}

  /** The kinds of scalars. */
  enum Kind {
    TEXT,
    CHARACTER,
    BOOLEAN,
    INT,
    LONG,
    DOUBLE,
    DECIMAL,
    DURATION,
    SPAN,
    OUT_OF_ORDER,
    PATIENCE,
    SIZE,
    RATE,
    SHARE,
    PATH,
    TEMPLATE,
    ZONE,
    CHARSET,
    FILE
  }

  /** An expression; a list or a map stands for a list or a record of expressions. */
  record Expression() implements OptionType {}

  /** One of some words. */
  record Words(Class<? extends Enum<?>> type) implements OptionType {
    /** The words as they are written. */
    public java.util.List<String> words() {
      return java.util.Arrays.stream(type.getEnumConstants()).map(SnakeCase::of).toList();
    }
  }

  /** Anything; read later. */
  record Node() implements OptionType {}

  /** A constant as in JSON. */
  record Literal() implements OptionType {}

  /** A list. */
  record ListOf(OptionType element) implements OptionType {}

  /** One value or a list of them. */
  record OneOrManyOf(OptionType element) implements OptionType {}

  /** A map; the keys are texts or paths, with or without a place. */
  record MapOf(OptionType key, OptionType value) implements OptionType {}

  /** A map of what comes out. */
  record AssignmentsOf(OptionType value) implements OptionType {}

  /** A map of what comes out, or a list. */
  record SelectionsOf(OptionType value) implements OptionType {}

  /** A value with its place. */
  record PlacedOf(OptionType value) implements OptionType {}

  /** A group of options. */
  record Group(Class<? extends Record> type) implements OptionType {}

  /** A component of a role; {@code chosen} keeps its name and place. */
  record Choice(Class<?> role, boolean chosen) implements OptionType {}

  /** A component of a role, which stands among the options under its own name. */
  record Named(Class<?> role) implements OptionType {}
}
