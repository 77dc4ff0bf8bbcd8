package io.penstock.core.expression.syntax;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/** A node of the tree that the parser gives. Spans are offsets into the expression's text. */
public sealed interface Ast {
  Span span();

  /** How deep the tree below is, itself counted. */
  default int height() {
    int highest = 0;
    for (Ast part : parts()) {
      highest = Math.max(highest, part.height());
    }
    return highest + 1;
  }

  /** The nodes right below. */
  default List<Ast> parts() {
    return List.of();
  }

  /** From the first character to behind the last one. */
  record Span(int from, int to) {
    Span until(Span end) {
      return new Span(from, Math.max(to, end.to));
    }
  }

  /** What could not be read; a problem has been reported. */
  record Bad(Span span) implements Ast {}

  /** null, true, false, texts, doubles as {@code Double}, whole numbers and decimals. */
  record Literal(Span span, Optional<Object> value) implements Ast {}

  /** A whole number, perhaps past 64 bits. */
  record Whole(Span span, BigInteger value) implements Ast {}

  /** A duration, micros. */
  record Duration(Span span, long micros) implements Ast {}

  /** {@code ~/re/}. */
  record Pattern(Span span, String pattern) implements Ast {}

  /** A name. */
  record Name(Span span, String name) implements Ast {}

  /** {@code a.b}, {@code a?.b}. */
  record Member(Span span, Ast target, String name, Span nameSpan, boolean safe, int height)
      implements Ast {
    @Override
    public List<Ast> parts() {
      return List.of(target);
    }
  }

  /** {@code a[i]}. */
  record Index(Span span, Ast target, Ast index, int height) implements Ast {
    @Override
    public List<Ast> parts() {
      return List.of(target, index);
    }
  }

  /** {@code -a}, {@code !a}. */
  record Unary(Span span, Operator operator, Ast operand, int height) implements Ast {
    @Override
    public List<Ast> parts() {
      return List.of(operand);
    }
  }

  /** {@code a + b}. */
  record Binary(Span span, Operator operator, Span sign, Ast left, Ast right, int height)
      implements Ast {
    @Override
    public List<Ast> parts() {
      return List.of(left, right);
    }
  }

  /** {@code c ? a : b}. */
  record Conditional(Span span, Ast condition, Ast then, Ast otherwise, int height) implements Ast {
    @Override
    public List<Ast> parts() {
      return List.of(condition, then, otherwise);
    }
  }

  /**
   * {@code f(a, b)}; {@code a.f(b)} is the same.
   *
   * @param where the condition behind an aggregate
   */
  record Call(
      Span span, String name, Span nameSpan, List<Ast> arguments, Optional<Ast> where, int height)
      implements Ast {
    public Call {
      arguments = List.copyOf(arguments);
    }

    @Override
    public List<Ast> parts() {
      return where.isEmpty()
          ? arguments
          : java.util.stream.Stream.concat(arguments.stream(), where.stream()).toList();
    }
  }

  /** {@code x -> e}, {@code (x, y) -> e}. */
  record Lambda(Span span, List<Name> parameters, Ast body, int height) implements Ast {
    public Lambda {
      parameters = List.copyOf(parameters);
    }

    @Override
    public List<Ast> parts() {
      return List.of(body);
    }
  }

  /** {@code [a, b]}. */
  record ListOf(Span span, List<Ast> elements, int height) implements Ast {
    public ListOf {
      elements = List.copyOf(elements);
    }

    @Override
    public List<Ast> parts() {
      return elements;
    }
  }

  /** {@code {'k': v}}; keys are texts. */
  record MapOf(Span span, List<Literal> keys, List<Ast> values, int height) implements Ast {
    public MapOf {
      keys = List.copyOf(keys);
      values = List.copyOf(values);
    }

    @Override
    public List<Ast> parts() {
      return values;
    }
  }

  /** A template: its parts are joined as text. */
  record Joined(Span span, List<Ast> pieces, int height) implements Ast {
    public Joined {
      pieces = List.copyOf(pieces);
    }

    @Override
    public List<Ast> parts() {
      return pieces;
    }
  }

  /** One more than the highest of these. */
  static int above(List<? extends Ast> parts) {
    int highest = 0;
    for (Ast part : parts) {
      highest = Math.max(highest, part.height());
    }
    return highest + 1;
  }
}
