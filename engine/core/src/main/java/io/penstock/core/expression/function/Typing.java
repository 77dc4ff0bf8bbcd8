package io.penstock.core.expression.function;

import io.penstock.api.data.ValueType;
import java.util.Optional;

/**
 * Gives the type of a call's result where the signature cannot: it depends on a constant ({@code
 * round(x, 2)}, the groups of a pattern) or on a rule ({@code sum}). Implementations have a
 * constructor without parameters, reachable from this package.
 */
public interface Typing {
  /**
   * The result's type. It is made optional afterwards where a strict function gets an optional
   * argument.
   *
   * @throws Mistake where the arguments make no sense
   */
  ValueType result(Arguments arguments);

  /** What of the arguments is probably not meant; a lint, at that argument. */
  default Optional<Mistake> doubt(Arguments arguments) {
    return Optional.empty();
  }

  /** The arguments of a call, after the conversions that the signature asks for. */
  interface Arguments {
    int count();

    ValueType type(int index);

    /** The value of an argument that is the same for every row and not null. */
    Optional<Object> constant(int index);

    /** The result's type according to the signature; {@code any} stands there as json. */
    ValueType declared();
  }

  /** The signature says it all. */
  final class Declared implements Typing {
    @Override
    public ValueType result(Arguments arguments) {
      return arguments.declared();
    }
  }

  /** A user's mistake in an argument; becomes a problem of family E4 at that argument. */
  final class Mistake extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int argument;
    private final String hint;

    public Mistake(int argument, String message, String hint) {
      super(message, null, false, false);
      this.argument = argument;
      this.hint = hint;
    }

    /** One that only follows from a mistake that has been reported elsewhere. */
    static Mistake reported(int argument) {
      return new Mistake(argument, "", "");
    }

    /** Whether it has been reported elsewhere. */
    public boolean isReported() {
      return text().isEmpty();
    }

    public int argument() {
      return argument;
    }

    public String text() {
      String message = getMessage();
      return message == null ? "" : message;
    }

    public String hint() {
      return hint;
    }
  }
}
