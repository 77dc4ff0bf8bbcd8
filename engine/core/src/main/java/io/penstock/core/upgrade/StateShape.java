package io.penstock.core.upgrade;

import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import io.penstock.api.data.ValueType;
import io.penstock.core.expression.AggregateCall;
import io.penstock.core.expression.AggregateExpression;
import io.penstock.core.expression.Expression;
import io.penstock.core.expression.NamedExpression;
import io.penstock.core.expression.OverCall;
import io.penstock.core.logical.Deduplicate;
import io.penstock.core.logical.EveryNth;
import io.penstock.core.logical.FillGaps;
import io.penstock.core.logical.Join;
import io.penstock.core.logical.LogicalNode;
import io.penstock.core.logical.Operation;
import io.penstock.core.logical.Over;
import io.penstock.core.logical.Remember;
import io.penstock.core.logical.Throttle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a step keeps over its rows, and what that means.
 *
 * @param kind of the step
 * @param parts what the state is made of, in the order in which it lies there
 * @param rows the rows that it holds, where it holds whole ones
 */
public record StateShape(String kind, List<Part> parts, Optional<Schema> rows) {
  public StateShape {
    parts = List.copyOf(parts);
  }

  /**
   * A part of a state.
   *
   * @param name {@code key 1}, {@code aggregate 2}
   * @param meaning its value's expression, or a number, as canonical text
   * @param types of the values: of a key, or of an aggregate's arguments and result
   */
  public record Part(String name, String meaning, List<ValueType> types) {
    public Part {
      types = List.copyOf(types);
    }

    @Override
    public String toString() {
      return types.isEmpty() ? meaning : meaning + " " + types;
    }
  }

  /**
   * The state of a step; empty for a step that keeps none.
   *
   * @param input the rows that it reads
   */
  public static Optional<StateShape> of(LogicalNode node, Schema input) {
    Operation operation = node.operation();
    List<Part> parts = new ArrayList<>();
    Optional<Schema> rows = Optional.empty();
    if (operation instanceof Operation.InWindows windows) {
      windows
          .windowing()
          .window()
          .ifPresent(window -> parts.add(new Part("window", WindowPrint.of(window), List.of())));
    }
    if (isChanging(operation)) {
      // Rows that were shown are kept as they were, so nothing of how they are made may change.
      String all = OperationPrint.of(operation);
      parts.add(new Part("changes", all + " of " + input + " to " + node.schema(), List.of()));
    } else if (operation instanceof Operation.Aggregate aggregate) {
      named(aggregate.by(), parts);
      aggregates(aggregate, parts);
    } else if (operation instanceof Operation.Top top) {
      parts.add(new Part("n", top.n() + (top.withTies() ? " with ties" : ""), List.of()));
      named(top.by(), parts);
      order(top.orderBy(), parts);
      rows = Optional.of(input);
    } else if (operation instanceof Operation.Sort sort) {
      order(sort.by(), parts);
      rows = Optional.of(input);
    } else if (operation instanceof Operation.Distinct distinct) {
      distinct(distinct.by(), input, parts);
    } else if (operation instanceof Deduplicate deduplicate) {
      parts.add(new Part("keep", Words.of(deduplicate.keep()), List.of()));
      deduplicate
          .within()
          .ifPresent(within -> parts.add(new Part("within", within.toString(), List.of())));
      named(deduplicate.by(), parts);
      rows = deduplicate.keep() == Deduplicate.Keep.FIRST ? rows : Optional.of(input);
    } else if (operation instanceof FillGaps gaps) {
      parts.add(new Part("series", gaps.by().toString(), List.of()));
      gaps.within()
          .ifPresent(within -> parts.add(new Part("within", within.toString(), List.of())));
      rows = Optional.of(input);
    } else if (operation instanceof Over over) {
      over(over, parts);
      rows = Optional.of(input);
    } else if (operation instanceof EveryNth every) {
      parts.add(new Part("every", Long.toString(every.rows()), List.of()));
    } else if (operation instanceof Throttle throttle) {
      named(throttle.by(), parts);
      rows = throttle.excess() == Throttle.Excess.WAIT ? Optional.of(input) : rows;
    } else if (!(operation instanceof Operation.Limit)) {
      return Optional.empty();
    }
    return Optional.of(new StateShape(OperationPrint.kind(operation), parts, rows));
  }

  private static boolean isChanging(Operation operation) {
    return operation instanceof Operation.InWindows windows && !windows.windowing().isPlain()
        || operation instanceof Deduplicate deduplicate && !deduplicate.isPlain()
        || operation instanceof Join join && join.changing()
        || operation instanceof Remember;
  }

  private static void named(List<NamedExpression> keys, List<Part> parts) {
    keys.forEach(key -> key(key.expression(), parts));
  }

  private static void key(Expression key, List<Part> parts) {
    String name = "key " + (parts.stream().filter(p -> p.name().startsWith("key")).count() + 1);
    parts.add(new Part(name, ExpressionPrint.of(key), List.of(key.type())));
  }

  private static void distinct(List<Expression> by, Schema input, List<Part> parts) {
    by.forEach(key -> key(key, parts));
    if (by.isEmpty()) {
      int number = 1;
      for (Field field : input.fields()) {
        parts.add(new Part("key " + number++, Words.name(field.name()), List.of(field.type())));
      }
      if (input.open()) {
        parts.add(new Part("key " + number, "rest", List.of(input.column(input.rest()))));
      }
    }
  }

  private static void aggregates(Operation.Aggregate aggregate, List<Part> parts) {
    int number = 1;
    for (AggregateExpression expression : aggregate.compute()) {
      for (AggregateCall call : expression.calls()) {
        parts.add(aggregate(number++, call));
      }
    }
  }

  /**
   * What is made of rows that are held anew after a restart is no part of it. How far they are held
   * is, since those that are gone cannot be looked at.
   */
  private static void over(Over over, List<Part> parts) {
    named(over.by(), parts);
    order(over.orderBy(), parts);
    over.within().ifPresent(within -> parts.add(new Part("within", within.toString(), List.of())));
    parts.add(new Part("frame", over.frame().toString(), List.of()));
    parts.add(
        new Part("reach", over.rowsBefore() + " back, " + over.rowsAfter() + " ahead", List.of()));
    if (!over.isRunning()) {
      return;
    }
    int number = 1;
    for (OverCall call : over.calls()) {
      if (call instanceof OverCall.Aggregated aggregated && over.frame() instanceof Over.Running) {
        parts.add(aggregate(number++, aggregated.call()));
      }
    }
    parts.add(new Part("places", "counted", List.of()));
  }

  private static Part aggregate(int number, AggregateCall call) {
    List<ValueType> types = new ArrayList<>();
    call.arguments().forEach(argument -> types.add(argument.type()));
    types.add(call.type());
    return new Part("aggregate " + number, OperationPrint.call(call), types);
  }

  private static void order(List<Operation.OrderBy> keys, List<Part> parts) {
    int number = 1;
    for (Operation.OrderBy key : keys) {
      parts.add(
          new Part("order " + number++, OperationPrint.order(key), List.of(key.value().type())));
    }
  }

  /** All of it in one line. */
  @Override
  public String toString() {
    List<String> texts = new ArrayList<>();
    parts.forEach(part -> texts.add(part.name() + " " + part));
    rows.ifPresent(schema -> texts.add("rows " + schema));
    return texts.isEmpty() ? kind : kind + ": " + String.join("; ", texts);
  }
}
