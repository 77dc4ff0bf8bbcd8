package io.penstock.core.expression;

import io.penstock.api.data.DataType;
import io.penstock.api.data.ValueType;
import java.util.List;
import java.util.Optional;

/** What one call in {@code compute} of {@code over} gives to a row, by the rows around it. */
public sealed interface OverCall {
  /** The type of the value. */
  ValueType type();

  /** What is computed of each row before. */
  List<Expression> arguments();

  /** Which rows count; empty: all. */
  default Optional<Expression> where() {
    return Optional.empty();
  }

  /** An aggregate of the rows of the row's frame. */
  record Aggregated(AggregateCall call) implements OverCall {
    @Override
    public ValueType type() {
      return call.type();
    }

    @Override
    public List<Expression> arguments() {
      return call.arguments();
    }

    @Override
    public Optional<Expression> where() {
      return call.where();
    }
  }

  /**
   * The value of a row before or behind; null where there is none.
   *
   * @param by how many rows behind, less than zero: before
   */
  record Shifted(Expression value, long by) implements OverCall {
    @Override
    public ValueType type() {
      return value.type().asOptional();
    }

    @Override
    public List<Expression> arguments() {
      return List.of(value);
    }
  }

  /** The place of the row, from 1. */
  record Numbered(Place place) implements OverCall {
    @Override
    public ValueType type() {
      return ValueType.required(DataType.INT);
    }

    @Override
    public List<Expression> arguments() {
      return List.of();
    }
  }

  /** How places are counted. */
  enum Place {
    /** Each row has its own. */
    ROW_NUMBER,
    /** Rows that are equal in the order share one, and the next has that of its number. */
    RANK,
    /** Rows that are equal in the order share one, and the next has the next. */
    DENSE_RANK
  }
}
