package io.penstock.core.logical;

import io.penstock.api.data.Schema;
import io.penstock.api.format.FormatTraits.Key;
import io.penstock.core.expression.NamedExpression;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Which steps of a plan give changes to a table, and which fields tell its rows apart. */
public final class ChangeStreams {
  private static final Key UNKNOWN = new Key(List.of());

  private final Map<String, Key> keys = new HashMap<>();
  private final Map<String, Schema> schemas = new HashMap<>();

  /** Of the steps of a plan. */
  public ChangeStreams(List<LogicalNode> nodes) {
    for (LogicalNode node : nodes) {
      String name = name(node.section(), node.step());
      schemas.put(name, node.schema());
      of(node).ifPresent(key -> keys.put(name, key));
    }
  }

  /** The key of what a step gives by its main output; empty where these are rows that stay. */
  public Optional<Key> key(LogicalNode node) {
    return Optional.ofNullable(keys.get(name(node.section(), node.step())));
  }

  private static String name(LogicalNode.Section section, String step) {
    return section + " " + step;
  }

  private Optional<Key> of(LogicalNode node) {
    Operation operation = node.operation();
    if (operation instanceof Operation.Read read) {
      return read.format().flatMap(format -> format.format().traits().changes());
    }
    if (operation instanceof Operation.Aggregate aggregate) {
      return aggregate.windowing().emit().isFinal()
          ? Optional.empty()
          : Optional.of(key(aggregate));
    }
    if (operation instanceof Operation.Top top) {
      return top.windowing().emit().isFinal() ? Optional.empty() : Optional.of(key(top, node));
    }
    if (operation instanceof Deduplicate one) {
      return one.emit().isFinal() ? Optional.empty() : Optional.of(copied(one.by(), node));
    }
    if (operation instanceof Join join) {
      return join.changing() ? Optional.of(UNKNOWN) : Optional.empty();
    }
    if (operation instanceof Remember remember) {
      return Optional.of(new Key(remember.key()));
    }
    if (operation instanceof Operation.Write) {
      return Optional.empty();
    }
    List<Optional<Key>> above = node.inputs().stream().map(this::of).toList();
    if (above.stream().allMatch(Optional::isEmpty)) {
      return Optional.empty();
    }
    Key key = above.size() == 1 ? above.get(0).orElseThrow() : UNKNOWN;
    return Optional.of(
        operation instanceof Operation.RowOperation row
            ? after(row, key, schema(node.inputs().get(0)))
            : key);
  }

  private Optional<Key> of(LogicalNode.Input input) {
    boolean beside =
        input.output().equals(StepOutputs.FAILED) || input.output().equals(StepOutputs.LATE);
    return beside
        ? Optional.empty()
        : Optional.ofNullable(keys.get(name(input.section(), input.step())));
  }

  private Schema schema(LogicalNode.Input input) {
    return schemas.getOrDefault(name(input.section(), input.step()), Schema.of());
  }

  private static Key key(Operation.Aggregate aggregate) {
    List<String> fields = new ArrayList<>();
    aggregate.by().forEach(by -> fields.add(by.name()));
    if (aggregate.windowing().isTimed()) {
      fields.add(LateRows.START);
      fields.add(LateRows.END);
    }
    return new Key(fields);
  }

  private Key key(Operation.Top top, LogicalNode node) {
    if (top.withTies() || top.windowing().isTimed() || top.rank().isEmpty() && top.n() > 1) {
      return UNKNOWN;
    }
    List<String> fields = new ArrayList<>(copied(top.by(), node).fields());
    boolean known = fields.size() == top.by().size();
    top.rank().ifPresent(fields::add);
    return known ? new Key(fields) : UNKNOWN;
  }

  /** The fields of the input that these are copies of; unknown where one is computed. */
  private Key copied(List<NamedExpression> by, LogicalNode node) {
    Schema input = schema(node.inputs().get(0));
    List<String> fields = new ArrayList<>();
    for (NamedExpression one : by) {
      OptionalInt column = one.expression().column();
      if (column.isEmpty() || column.getAsInt() >= input.fields().size()) {
        return UNKNOWN;
      }
      fields.add(input.fields().get(column.getAsInt()).name());
    }
    return new Key(fields);
  }

  /** What the key is called after an operation; unknown where that may have changed it. */
  private static Key after(Operation.RowOperation operation, Key key, Schema input) {
    if (operation instanceof Operation.Project project) {
      return projected(project, key, input);
    }
    if (operation instanceof Operation.Chain chain) {
      Key now = key;
      Schema rows = input;
      for (Operation.Link link : chain.links()) {
        now = after(link.operation(), now, rows);
        rows = link.schema();
      }
      return now;
    }
    boolean keeps =
        operation instanceof Operation.Filter
            || operation instanceof Operation.Expect
            || operation instanceof Operation.Log
            || operation instanceof Operation.SetEventTime;
    return keeps ? key : UNKNOWN;
  }

  private static Key projected(Operation.Project project, Key key, Schema input) {
    List<String> fields = new ArrayList<>();
    for (String field : key.fields()) {
      int column = input.indexOf(field);
      Optional<String> copy =
          project.fields().stream()
              .filter(made -> made.expression().column().orElse(-1) == column && column >= 0)
              .map(NamedExpression::name)
              .findFirst();
      if (copy.isEmpty()) {
        return UNKNOWN;
      }
      fields.add(copy.get());
    }
    return new Key(fields);
  }
}
