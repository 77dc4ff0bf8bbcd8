package io.penstock.core.operator;

import static java.time.Duration.ofNanos;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import io.penstock.api.data.ValueType;
import io.penstock.api.option.ExpressionText;
import io.penstock.api.option.Span;
import io.penstock.api.problem.Origin;
import io.penstock.api.problem.Problems;
import io.penstock.api.system.Disk;
import io.penstock.core.expression.Expression;
import io.penstock.core.expression.ExpressionChecker;
import io.penstock.core.expression.Scope;
import io.penstock.core.logical.Join;
import io.penstock.core.logical.LogicalNode;
import io.penstock.core.logical.Window;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A kind of join over small rows: {@code k} is matched, {@code a} and {@code b} number the rows.
 *
 * @param bound its name, by which the naive join knows it too
 */
record JoinShape(Join.Type type, Bound bound, boolean asOf, boolean where) {
  static final Schema LEFT = schema("a");
  static final Schema RIGHT = schema("b");

  /** How rows that may meet are bounded; lengths in microseconds. */
  enum Bound {
    NONE(0, 0, 0, 0),
    AROUND(5, 5, 0, 0),
    UNEVEN(2, 8, 0, 0),
    ONLY_LATER(-3, 9, 0, 0),
    ONLY_EARLIER(9, -3, 0, 0),
    TUMBLING(0, 0, 10, 10),
    HOPPING(0, 0, 12, 4),
    SAME(0, 0, 10, 10);

    final long before;
    final long after;
    final long size;
    final long every;

    Bound(long before, long after, long size, long every) {
      this.before = before;
      this.after = after;
      this.size = size;
      this.every = every;
    }

    boolean isWithin() {
      return this != NONE && size == 0;
    }

    long lateness() {
      return this == TUMBLING ? 3 : 0;
    }

    private Optional<Join.Bound> made() {
      if (isWithin()) {
        return Optional.of(new Join.Within(micros(before), micros(after)));
      }
      return switch (this) {
        case TUMBLING ->
            in(new Window.Tumbling(span(size), Span.ZERO, Optional.empty()), lateness());
        case HOPPING ->
            in(new Window.Hopping(span(size), span(every), Span.ZERO, Optional.empty()), 0);
        case SAME -> in(new Window.Same(), 0);
        case NONE, AROUND, UNEVEN, ONLY_LATER, ONLY_EARLIER -> Optional.empty();
      };
    }

    private static Optional<Join.Bound> in(Window window, long lateness) {
      return Optional.of(new Join.InWindow(window, micros(lateness)));
    }

    private static Span span(long micros) {
      return new Span(micros, Span.Unit.MICROS);
    }

    private static Duration micros(long micros) {
      return ofNanos(micros * 1000);
    }
  }

  private static Schema schema(String id) {
    return Schema.of(
        new Field("k", ValueType.optional(DataType.STRING)),
        Field.of(id, DataType.INT),
        new Field("v", ValueType.optional(DataType.INT)));
  }

  static List<JoinShape> all() {
    List<JoinShape> all = new ArrayList<>();
    for (Join.Type type : Join.Type.values()) {
      for (Bound bound : Bound.values()) {
        for (int i = 0; i < 4; i++) {
          all.add(new JoinShape(type, bound, i % 2 == 1, i > 1));
        }
      }
    }
    return all;
  }

  /** How long the windows are that its rows carry. */
  Optional<Long> windows() {
    return bound == Bound.SAME ? Optional.of(bound.size) : Optional.empty();
  }

  OneStep.Made make(Disk disk, long memory) {
    return make(where ? Optional.of("left.v < right.v") : Optional.empty(), disk, memory);
  }

  /** With a condition of its own; rows that fail leave by their output. */
  OneStep.Made make(Optional<String> condition, Disk disk, long memory) {
    return make(condition, false, disk, memory);
  }

  /** Over tables that change. */
  OneStep.Made changing(Disk disk, long memory) {
    return make(Optional.empty(), true, disk, memory);
  }

  private OneStep.Made make(Optional<String> condition, boolean changing, Disk disk, long memory) {
    Join.Pair pair = new Join.Pair(expression("k", LEFT), expression("k", RIGHT), Optional.of("k"));
    Schema both =
        Schema.of(
            Field.of("left", new DataType.RecordOf(LEFT)),
            Field.of("right", new DataType.RecordOf(RIGHT)));
    Optional<Expression> also = condition.map(text -> expression(text, both));
    List<Field> fields = new ArrayList<>(List.of(LEFT.fields().get(0)));
    fields.add(new Field("a", optional(DataType.INT, type.keepsRight())));
    fields.add(new Field("v", ValueType.optional(DataType.INT)));
    boolean alone = type == Join.Type.SEMI || type == Join.Type.ANTI;
    if (!alone) {
      fields.add(new Field("b", optional(DataType.INT, type.keepsLeft())));
    }
    Join join =
        new Join(
            List.of(pair),
            bound.made(),
            also,
            type,
            alone ? List.of() : List.of(new Join.Taken("b", "b")),
            asOf,
            changing);
    return OneStep.make(
        OneStep.node(join, Schema.of(fields), LogicalNode.OnError.OUTPUT),
        List.of(LEFT, RIGHT),
        disk,
        memory);
  }

  private static ValueType optional(DataType type, boolean is) {
    return is ? ValueType.optional(type) : ValueType.required(type);
  }

  private static Expression expression(String text, Schema row) {
    Problems problems = new Problems();
    return new ExpressionChecker(problems)
        .check(ExpressionText.at(text, Origin.at("test.yaml", 1, 1)), Scope.of(row))
        .orElseThrow(() -> new AssertionError(problems.inFileOrder().toString()));
  }
}
