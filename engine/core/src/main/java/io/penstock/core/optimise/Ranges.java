package io.penstock.core.optimise;

import io.penstock.api.data.DataType;
import io.penstock.api.format.Format;
import io.penstock.core.expression.Expression;
import io.penstock.core.expression.typed.Typed;
import io.penstock.core.logical.LogicalNode;
import io.penstock.core.logical.LogicalPlan;
import io.penstock.core.logical.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Tells sources whose files have parts which rows the filter straight above lets through, so that
 * parts without such rows need not be read. Nothing is told where leaving rows out could be seen:
 * where they set a watermark, where the filter may fail, where somebody else reads the source, or
 * where failures are counted against the rows that are read.
 */
final class Ranges {
  private static final Set<DataType> TYPES =
      Set.of(DataType.INT, DataType.DATE, DataType.TIMESTAMP);

  private Ranges() {}

  /** The plan with what its sources are told. */
  static LogicalPlan told(LogicalPlan plan) {
    boolean counted =
        plan.nodes().stream()
            .map(LogicalNode::onError)
            .anyMatch(
                on -> on == LogicalNode.OnError.SKIP || on == LogicalNode.OnError.DEAD_LETTER);
    if (counted) {
      return plan;
    }
    List<LogicalNode> nodes = new ArrayList<>();
    for (LogicalNode node : plan.nodes()) {
      boolean source = node.operation() instanceof Operation.Read read && hasParts(read);
      List<Format.Within> within = source ? above(plan, node) : List.of();
      nodes.add(within.isEmpty() ? node : told(node, within));
    }
    return new LogicalPlan(plan.name(), nodes, plan.tables(), plan.deadLetter(), plan.settings());
  }

  private static LogicalNode told(LogicalNode node, List<Format.Within> within) {
    Operation.Read read = (Operation.Read) node.operation();
    return node.with(
        new Operation.Read(
            read.source(),
            read.format(),
            read.decoding().within(within),
            read.computed(),
            read.eventTime()));
  }

  private static boolean hasParts(Operation.Read read) {
    return read.computed().isEmpty()
        && read.eventTime().isEmpty()
        && !read.decoding().schema().open()
        && read.format().flatMap(f -> f.format().parts(read.decoding())).isPresent();
  }

  /** The ranges of the filter that is the only one to read a source. */
  private static List<Format.Within> above(LogicalPlan plan, LogicalNode source) {
    List<LogicalNode> readers =
        plan.nodes().stream()
            .filter(node -> node.inputs().stream().anyMatch(in -> isOf(source, in)))
            .toList();
    if (readers.size() != 1 || readers.get(0).inputs().size() != 1) {
      return List.of();
    }
    boolean main = readers.get(0).inputs().get(0).output().isEmpty();
    return main ? filter(readers.get(0).operation()).map(Ranges::of).orElse(List.of()) : List.of();
  }

  private static boolean isOf(LogicalNode source, LogicalNode.Input input) {
    return input.section() == source.section() && input.step().equals(source.step());
  }

  private static Optional<Expression> filter(Operation operation) {
    if (operation instanceof Operation.Chain chain) {
      return chain.links().isEmpty() ? Optional.empty() : filter(chain.links().get(0).operation());
    }
    return operation instanceof Operation.Filter filter
            && !filter.where().fallible()
            && filter.where().deterministic()
        ? Optional.of(filter.where())
        : Optional.empty();
  }

  private static List<Format.Within> of(Expression where) {
    List<Format.Within> found = new ArrayList<>();
    collect(where.root(), found);
    return found;
  }

  /** Each side of an `&&` must be true. */
  private static void collect(Typed condition, List<Format.Within> found) {
    if (condition instanceof Typed.Logic logic && logic.and()) {
      collect(logic.left(), found);
      collect(logic.right(), found);
    } else if (condition instanceof Typed.Comparison comparison) {
      compared(comparison.left(), comparison.order(), comparison.right()).ifPresent(found::add);
      compared(comparison.right(), turned(comparison.order()), comparison.left())
          .ifPresent(found::add);
    }
  }

  private static Typed.Comparison.Order turned(Typed.Comparison.Order order) {
    return switch (order) {
      case EQUAL, UNEQUAL -> order;
      case LESS -> Typed.Comparison.Order.MORE;
      case AT_MOST -> Typed.Comparison.Order.AT_LEAST;
      case MORE -> Typed.Comparison.Order.LESS;
      case AT_LEAST -> Typed.Comparison.Order.AT_MOST;
    };
  }

  private static Optional<Format.Within> compared(
      Typed field, Typed.Comparison.Order order, Typed value) {
    if (!(field instanceof Typed.Column column)
        || !TYPES.contains(column.type().type())
        || !(value instanceof Typed.Constant constant)
        || constant.secret()
        || !constant.type().type().equals(column.type().type())
        || !(constant.value().orElse("") instanceof Long number)) {
      return Optional.empty();
    }
    String name = column.name();
    return switch (order) {
      case EQUAL -> Optional.of(new Format.Within(name, number, number));
      case AT_LEAST -> Optional.of(new Format.Within(name, number, Long.MAX_VALUE));
      case AT_MOST -> Optional.of(new Format.Within(name, Long.MIN_VALUE, number));
      case MORE ->
          number == Long.MAX_VALUE
              ? Optional.empty()
              : Optional.of(new Format.Within(name, number + 1, Long.MAX_VALUE));
      case LESS ->
          number == Long.MIN_VALUE
              ? Optional.empty()
              : Optional.of(new Format.Within(name, Long.MIN_VALUE, number - 1));
      case UNEQUAL -> Optional.empty();
    };
  }
}
