package io.penstock.core.expression.typed;

import io.penstock.api.data.ValueType;
import io.penstock.core.expression.function.FunctionDeclaration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A node of the typed tree. Conversions are nodes of their own; operands of arithmetic and
 * comparisons are of one type (decimals of any scale). Immutable.
 */
public sealed interface Typed {
  ValueType type();

  /** What was written. */
  Place at();

  /** The nodes right below. */
  default List<Typed> parts() {
    return List.of();
  }

  /**
   * The same value for every row.
   *
   * @param literal whether it was written so, and adapts to the other side's type
   * @param secret whether it never prints
   */
  record Constant(ValueType type, Optional<Object> value, boolean literal, boolean secret, Place at)
      implements Typed {}

  /** A column of the batch. */
  record Column(ValueType type, int index, String name, Place at) implements Typed {}

  /** The whole row as a record. */
  record WholeRow(ValueType type, Place at) implements Typed {}

  /** A parameter of a lambda. */
  record Local(ValueType type, int slot, String name, Place at) implements Typed {}

  /** {@code meta.name}. */
  record Meta(ValueType type, String name, Place at) implements Typed {}

  /** A field of a record. */
  record RecordField(ValueType type, Typed record, int index, String name, Place at)
      implements Typed {
    @Override
    public List<Typed> parts() {
      return List.of(record);
    }
  }

  /** A member of a json object; null where there is none or the value is no object. */
  record JsonMember(ValueType type, Typed json, String name, Place at) implements Typed {
    @Override
    public List<Typed> parts() {
      return List.of(json);
    }
  }

  /**
   * {@code a[i]} of a list, a map, a json value (by number or text). Null where there is no such
   * element.
   */
  record Element(ValueType type, Typed of, Typed index, Place at) implements Typed {
    @Override
    public List<Typed> parts() {
      return List.of(of, index);
    }
  }

  /** An implicit conversion; fallible out of json and into a narrower decimal. */
  record Convert(ValueType type, Typed value, Place at) implements Typed {
    @Override
    public List<Typed> parts() {
      return List.of(value);
    }
  }

  /** {@code cast(a, 'int')}: the explicit conversion; fallible. */
  record Cast(ValueType type, Typed value, Place at) implements Typed {
    @Override
    public List<Typed> parts() {
      return List.of(value);
    }
  }

  /** {@code + - * / %} on numbers and times. */
  record Arithmetic(ValueType type, Sign sign, Typed left, Typed right, Place at) implements Typed {
    /** What is computed. */
    public enum Sign {
      PLUS,
      MINUS,
      TIMES,
      OVER,
      MODULO
    }

    @Override
    public List<Typed> parts() {
      return List.of(left, right);
    }
  }

  /** {@code -a}. */
  record Negate(ValueType type, Typed value, Place at) implements Typed {
    @Override
    public List<Typed> parts() {
      return List.of(value);
    }
  }

  /** A comparison; null where a side is. */
  record Comparison(ValueType type, Order order, Typed left, Typed right, Place at)
      implements Typed {
    /** How the sides compare. */
    public enum Order {
      EQUAL,
      UNEQUAL,
      LESS,
      AT_MOST,
      MORE,
      AT_LEAST
    }

    @Override
    public List<Typed> parts() {
      return List.of(left, right);
    }
  }

  /** {@code a === b}: null equals null; never null. */
  record Same(ValueType type, Typed left, Typed right, Place at) implements Typed {
    @Override
    public List<Typed> parts() {
      return List.of(left, right);
    }
  }

  /** {@code a && b}, {@code a || b}, three-valued, left to right. */
  record Logic(ValueType type, boolean and, Typed left, Typed right, Place at) implements Typed {
    @Override
    public List<Typed> parts() {
      return List.of(left, right);
    }
  }

  /** {@code !a}; null stays null. */
  record Not(ValueType type, Typed value, Place at) implements Typed {
    @Override
    public List<Typed> parts() {
      return List.of(value);
    }
  }

  /** {@code if(c, a, b)}; a null condition takes b. */
  record Choice(ValueType type, Typed condition, Typed then, Typed otherwise, Place at)
      implements Typed {
    @Override
    public List<Typed> parts() {
      return List.of(condition, then, otherwise);
    }
  }

  /** The first value that is not null. */
  record Coalesce(ValueType type, List<Typed> values, Place at) implements Typed {
    public Coalesce {
      values = List.copyOf(values);
    }

    @Override
    public List<Typed> parts() {
      return values;
    }
  }

  /** {@code a == null}. */
  record NullTest(ValueType type, Typed value, Place at) implements Typed {
    @Override
    public List<Typed> parts() {
      return List.of(value);
    }
  }

  /** {@code a in list}; null where a is, or where it is not found and an element is null. */
  record Membership(ValueType type, Typed value, Typed list, Place at) implements Typed {
    @Override
    public List<Typed> parts() {
      return List.of(value, list);
    }
  }

  /** {@code a =~ pattern} and its like; a json value that is no text does not match. */
  record Matching(ValueType type, Kind kind, Typed value, Typed pattern, Place at)
      implements Typed {
    /** What is looked for. */
    public enum Kind {
      FINDS,
      STARTS,
      ENDS
    }

    @Override
    public List<Typed> parts() {
      return List.of(value, pattern);
    }
  }

  /** Canonical texts one behind the other; null where a part is. */
  record Join(ValueType type, List<Typed> texts, Place at) implements Typed {
    public Join {
      texts = List.copyOf(texts);
    }

    @Override
    public List<Typed> parts() {
      return texts;
    }
  }

  /** {@code [a, b]}. */
  record ListMaking(ValueType type, List<Typed> elements, Place at) implements Typed {
    public ListMaking {
      elements = List.copyOf(elements);
    }

    @Override
    public List<Typed> parts() {
      return elements;
    }
  }

  /** {@code {'k': v}} as a record: a value for each field of the type. */
  record RecordMaking(ValueType type, List<Typed> values, Place at) implements Typed {
    public RecordMaking {
      values = List.copyOf(values);
    }

    @Override
    public List<Typed> parts() {
      return values;
    }
  }

  /** {@code map_of(k, v, ...)}: keys and values in turn. */
  record MapMaking(ValueType type, List<Typed> entries, Place at) implements Typed {
    public MapMaking {
      entries = List.copyOf(entries);
    }

    @Override
    public List<Typed> parts() {
      return entries;
    }
  }

  /** A call of a declared function. */
  record Invoke(ValueType type, FunctionDeclaration function, List<Typed> arguments, Place at)
      implements Typed {
    public Invoke {
      arguments = List.copyOf(arguments);
    }

    @Override
    public List<Typed> parts() {
      return arguments;
    }
  }

  /**
   * A lambda as an argument; its type is that of its body.
   *
   * @param slots where its parameters lie
   */
  record LambdaMaking(ValueType type, List<Integer> slots, Typed body, Place at) implements Typed {
    public LambdaMaking {
      slots = List.copyOf(slots);
    }

    @Override
    public List<Typed> parts() {
      return List.of(body);
    }
  }

  /** {@code try(a, b)}: b where a fails; without b null. */
  record Attempt(ValueType type, Typed body, Optional<Typed> otherwise, Place at) implements Typed {
    @Override
    public List<Typed> parts() {
      return Stream.concat(Stream.of(body), otherwise.stream()).toList();
    }
  }

  /** What could not be typed; a problem has been reported. Never in an expression handed out. */
  record Broken(ValueType type, Place at) implements Typed {}
}
