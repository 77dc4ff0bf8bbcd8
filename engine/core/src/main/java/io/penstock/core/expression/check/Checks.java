package io.penstock.core.expression.check;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import io.penstock.api.data.ValueType;
import io.penstock.api.option.ExpressionText;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.problem.Problems;
import io.penstock.core.expression.AggregateExpression;
import io.penstock.core.expression.Expression;
import io.penstock.core.expression.NamedExpression;
import io.penstock.core.expression.OverCall;
import io.penstock.core.expression.OverExpression;
import io.penstock.core.expression.Scope;
import io.penstock.core.expression.syntax.Ast;
import io.penstock.core.expression.syntax.Parser;
import io.penstock.core.expression.typed.Traits;
import io.penstock.core.expression.typed.Typed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks whole texts: parsed, typed, brought to the type that is wanted. */
public final class Checks {
  private Checks() {}

  /** The expression of a text; empty where problems were reported. */
  public static Optional<Expression> expression(
      ExpressionText text, Scope scope, Problems problems, @Nullable ValueType wanted) {
    Problems own = new Problems();
    Optional<Ast> tree = Parser.parse(text, own);
    Optional<Expression> found = Optional.empty();
    boolean readable = !own.hasErrors();
    if (tree.isPresent()) {
      Checking checking = new Checking(text, own, scope);
      Typed typed = new TypeChecker(checking).type(tree.get(), Surroundings.NONE);
      if (wanted != null && readable) {
        typed = Folding.fold(checking.wanted(typed, wanted, tree.get(), ProblemCode.E402));
      }
      if (!own.hasErrors() && !(typed instanceof Typed.Broken)) {
        found = Optional.of(of(text, typed, scope.row()));
      }
    }
    problems.addAll(own);
    return found;
  }

  /** An expression of {@code compute}. */
  public static Optional<AggregateExpression> aggregate(
      String name, ExpressionText text, Scope scope, List<NamedExpression> by, Problems problems) {
    Problems own = new Problems();
    Optional<Ast> tree = Parser.parse(text, own);
    Optional<AggregateExpression> found = Optional.empty();
    if (tree.isPresent()) {
      List<Field> keys = new ArrayList<>();
      by.forEach(b -> keys.add(new Field(b.name(), b.expression().type())));
      Checking rows = new Checking(text, own, scope);
      AggregateSite site = new AggregateSite(rows, keys.size());
      Scope groups =
          new Scope(
              Schema.of(keys),
              java.util.Map.of(),
              java.util.Map.of(),
              scope.parameters(),
              java.util.Map.of(),
              scope.functions(),
              scope.patterns());
      Checking outer = rows.outer(groups, site);
      Typed typed = new TypeChecker(outer).type(tree.get(), Surroundings.NONE);
      if (!own.hasErrors() && !(typed instanceof Typed.Broken)) {
        List<Field> row = new ArrayList<>(keys);
        for (int i = 0; i < site.calls().size(); i++) {
          row.add(new Field("$" + i, site.calls().get(i).type()));
        }
        found =
            Optional.of(
                new AggregateExpression(name, site.calls(), of(text, typed, Schema.of(row))));
      }
    }
    problems.addAll(own);
    return found;
  }

  /** An expression of {@code compute} of {@code over}. */
  public static Optional<OverExpression> over(
      String name, ExpressionText text, Scope scope, Problems problems) {
    Problems own = new Problems();
    Optional<Ast> tree = Parser.parse(text, own);
    Optional<OverExpression> found = Optional.empty();
    if (tree.isPresent()) {
      Checking rows = new Checking(text, own, scope);
      AggregateSite site = AggregateSite.over(rows);
      Typed typed = new TypeChecker(rows.outer(scope, site)).type(tree.get(), Surroundings.NONE);
      if (!own.hasErrors() && !(typed instanceof Typed.Broken)) {
        found =
            Optional.of(
                new OverExpression(
                    name, site.overCalls(), of(text, typed, seen(scope.row(), site.overCalls()))));
      }
    }
    problems.addAll(own);
    return found;
  }

  /** A row as the outer expression sees it: its columns, the rest as a field, then the calls. */
  private static Schema seen(Schema row, List<OverCall> calls) {
    List<Field> fields = new ArrayList<>(row.fields());
    if (row.open()) {
      fields.add(new Field("$", row.column(row.rest())));
    }
    for (int i = 0; i < calls.size(); i++) {
      fields.add(new Field("$" + i, calls.get(i).type()));
    }
    return Schema.of(fields);
  }

  /** An expression of a typed tree. */
  public static Expression of(ExpressionText text, Typed tree, Schema row) {
    Typed root = Checking.isNull(tree) ? Coercion.nullOf(tree.type().type(), tree) : tree;
    return new Expression(
        text,
        root,
        Traits.fallible(root),
        Traits.deterministic(root),
        Traits.reads(root, row),
        Traits.meta(root));
  }

  /** A value brought to a type without being asked; empty where that needs a cast. */
  public static Optional<Typed> converted(Typed value, ValueType wanted) {
    if (wanted.type().equals(DataType.JSON) && !Checking.isJson(value) && !Checking.isNull(value)) {
      return Optional.of(Coercion.convert(DataType.JSON, value));
    }
    return Coercion.to(wanted.type(), value)
        .map(v -> Coercion.required(wanted, v))
        .filter(v -> wanted.optional() || !v.type().optional());
  }
}
