package io.penstock.core.optimise;

import io.penstock.core.expression.Expression;
import io.penstock.core.expression.NamedExpression;
import io.penstock.core.logical.Operation;
import java.util.List;

/** Whether a step may fail for a row, and so may have to show the row as it came. */
final class Failing implements Operation.Visitor<Boolean> {
  private static boolean any(List<NamedExpression> expressions) {
    return expressions.stream().anyMatch(e -> e.expression().fallible());
  }

  private boolean links(List<Operation.Link> links) {
    return links.stream().anyMatch(link -> link.operation().accept(this));
  }

  @Override
  public Boolean filter(Operation.Filter operation) {
    return operation.where().fallible();
  }

  @Override
  public Boolean project(Operation.Project operation) {
    return any(operation.fields());
  }

  @Override
  public Boolean explode(Operation.Explode operation) {
    return true;
  }

  @Override
  public Boolean parse(Operation.Parse operation) {
    return true;
  }

  @Override
  public Boolean expect(Operation.Expect operation) {
    return true;
  }

  @Override
  public Boolean lookup(Operation.Lookup operation) {
    return operation.missing() == Operation.Lookup.Missing.FAIL
        || operation.on().stream().anyMatch(Expression::fallible);
  }

  @Override
  public Boolean log(Operation.Log operation) {
    return operation.values().stream().anyMatch(Expression::fallible);
  }

  @Override
  public Boolean setEventTime(Operation.SetEventTime operation) {
    return true;
  }

  @Override
  public Boolean chain(Operation.Chain operation) {
    return links(operation.links());
  }

  @Override
  public Boolean choose(Operation.Choose operation) {
    return operation.branches().stream()
        .anyMatch(
            branch ->
                branch.when().map(Expression::fallible).orElse(false)
                    || links(branch.links())
                    || any(branch.toResult().fields()));
  }

  @Override
  public Boolean read(Operation.Read operation) {
    return any(operation.computed())
        || operation
            .eventTime()
            .map(time -> time.value().fallible() || time.value().type().optional())
            .orElse(false);
  }

  @Override
  public Boolean union(Operation.Union operation) {
    return false;
  }

  @Override
  public Boolean route(Operation.Route operation) {
    return any(operation.cases());
  }

  @Override
  public Boolean limit(Operation.Limit operation) {
    return false;
  }

  @Override
  public Boolean distinct(Operation.Distinct operation) {
    return operation.by().stream().anyMatch(Expression::fallible);
  }

  @Override
  public Boolean aggregate(Operation.Aggregate operation) {
    return true;
  }

  @Override
  public Boolean top(Operation.Top operation) {
    return true;
  }

  @Override
  public Boolean sort(Operation.Sort operation) {
    return true;
  }

  @Override
  public Boolean write(Operation.Write operation) {
    return true;
  }
}
