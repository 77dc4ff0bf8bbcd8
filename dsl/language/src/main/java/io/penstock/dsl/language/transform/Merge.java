package io.penstock.dsl.language.transform;

import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import io.penstock.api.data.ValueType;
import io.penstock.api.option.ExpressionText;
import io.penstock.api.problem.Origin;
import io.penstock.api.problem.ProblemCode;
import io.penstock.core.expression.Expression;
import io.penstock.core.expression.NamedExpression;
import io.penstock.core.expression.SchemaTypes;
import io.penstock.core.logical.Operation;
import io.penstock.core.logical.RowOperations.Choose.Branch;
import io.penstock.core.logical.RowOperations.Link;
import io.penstock.core.logical.RowOperations.RowOperation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Branches that come together again. */
final class Merge {
  private final StepContext context;
  private final List<Arm> arms = new ArrayList<>();

  Merge(StepContext context) {
    this.context = context;
  }

  private record Arm(Optional<Expression> when, Optional<List<Link>> links, Rows rows) {}

  void branch(Optional<Expression> when, Optional<List<Link>> links, Rows rows) {
    arms.add(new Arm(when, links, rows));
  }

  /** One step under a condition; the other rows pass. */
  Planned when(ExpressionText condition, Planned step, Origin origin) {
    Optional<Expression> checked = context.condition(condition);
    Optional<List<Link>> links =
        step.operation()
            .filter(o -> checked.isPresent())
            .map(o -> List.of(new Link((RowOperation) o, step.rows().schema(), origin)));
    branch(checked, links, step.rows());
    branch(Optional.empty(), Optional.of(List.of()), context.rows());
    return done();
  }

  Planned done() {
    if (arms.stream().anyMatch(arm -> !arm.rows.known())) {
      return Planned.wrong(Rows.unknown());
    }
    List<Schema> schemas = arms.stream().map(arm -> arm.rows.schema()).toList();
    Optional<String> conflict = SchemaTypes.conflict(schemas);
    Set<String> doubtful = new HashSet<>();
    arms.forEach(arm -> doubtful.addAll(arm.rows.doubtful()));
    if (conflict.isPresent()) {
      report(conflict.get(), schemas, doubtful);
      return Planned.wrong(Rows.unknown());
    }
    Schema result = SchemaTypes.union(schemas).orElseThrow();
    Rows rows = context.rows().with(result, doubtful);
    List<Branch> branches = new ArrayList<>();
    for (Arm arm : arms) {
      Optional<Operation.Project> project = toResult(context.over(arm.rows), result);
      if (arm.links.isPresent() && project.isPresent()) {
        branches.add(new Branch(arm.when, arm.links.get(), project.get()));
      }
    }
    return branches.size() < arms.size()
        ? Planned.wrong(rows)
        : Planned.of(new Operation.Choose(branches), rows);
  }

  private void report(String name, List<Schema> schemas, Set<String> doubtful) {
    List<String> types =
        schemas.stream()
            .flatMap(schema -> schema.field(name).stream())
            .map(field -> field.type().type().toString())
            .distinct()
            .toList();
    if (!doubtful.contains(name)) {
      context.problem(
          ProblemCode.E408,
          context.origin(),
          "`" + name + "` is " + String.join(" on one side and ", types) + " on the other",
          "convert one of them, or give it another name");
    }
  }

  private static Optional<Operation.Project> toResult(StepContext arm, Schema result) {
    List<NamedExpression> fields = new ArrayList<>();
    Set<String> leaving = new HashSet<>();
    for (Field field : result.fields()) {
      Optional<ValueType> own = arm.schema().field(field.name()).map(Field::type);
      String text = own.isPresent() || arm.schema().open() ? Woven.field(field.name()) : "null";
      if (own.isPresent() && own.get().type().equals(field.type().type())) {
        fields.add(new NamedExpression(field.name(), arm.copy(field.name(), arm.origin())));
        continue;
      }
      if (own.isEmpty()) {
        leaving.add(field.name());
      }
      arm.check(Woven.own(text, arm.origin()), field.type())
          .ifPresent(value -> fields.add(new NamedExpression(field.name(), value)));
    }
    if (fields.size() < result.fields().size()) {
      return Optional.empty();
    }
    return Optional.of(
        new Operation.Project(fields, result.open() ? Optional.of(leaving) : Optional.empty()));
  }
}
