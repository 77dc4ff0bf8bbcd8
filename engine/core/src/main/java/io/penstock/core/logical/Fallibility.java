package io.penstock.core.logical;

import io.penstock.api.data.DataType;
import io.penstock.core.expression.Expression;
import io.penstock.core.expression.NamedExpression;
import io.penstock.core.logical.RowOperations.Link;
import java.util.List;
import java.util.stream.Stream;

/**
 * Whether an operation may fail for a row that has come in. A source and a sink may: bytes that do
 * not decode, a row that is refused.
 */
public final class Fallibility implements Operation.Visitor<Boolean> {
  private Fallibility() {}

  public static boolean of(Operation operation) {
    return operation.accept(new Fallibility());
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
    // A json value may be no list.
    return operation.list().fallible() || operation.list().type().type().equals(DataType.JSON);
  }

  @Override
  public Boolean parse(Operation.Parse operation) {
    return !operation.keepMissing() || operation.text().fallible();
  }

  @Override
  public Boolean script(RunScript operation) {
    return true;
  }

  @Override
  public Boolean java(RunJava operation) {
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
  public Boolean outsideLookup(Operation.OutsideLookup operation) {
    return true;
  }

  @Override
  public Boolean log(Operation.Log operation) {
    return operation.values().stream().anyMatch(Expression::fallible);
  }

  @Override
  public Boolean setEventTime(Operation.SetEventTime operation) {
    return isDoubtful(operation.eventTime());
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
                branch.when().stream().anyMatch(Expression::fallible)
                    || links(branch.links())
                    || any(branch.toResult().fields()));
  }

  @Override
  public Boolean read(Operation.Read operation) {
    return true;
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
    return any(operation.by())
        || operation.compute().stream()
            .flatMap(
                compute ->
                    Stream.concat(
                        Stream.of(compute.outer()),
                        compute.calls().stream()
                            .flatMap(
                                call ->
                                    Stream.concat(
                                        call.arguments().stream(), call.where().stream()))))
            .anyMatch(Expression::fallible);
  }

  @Override
  public Boolean top(Operation.Top operation) {
    return any(operation.by()) || orders(operation.orderBy());
  }

  @Override
  public Boolean sort(Operation.Sort operation) {
    return orders(operation.by());
  }

  @Override
  public Boolean join(Join operation) {
    return operation.on().stream().anyMatch(p -> p.left().fallible() || p.right().fallible())
        || operation.where().filter(Expression::fallible).isPresent();
  }

  @Override
  public Boolean sample(Operation.Sample operation) {
    return false;
  }

  @Override
  public Boolean everyNth(EveryNth operation) {
    return false;
  }

  @Override
  public Boolean throttle(Throttle operation) {
    return any(operation.by());
  }

  @Override
  public Boolean remember(Remember operation) {
    return false;
  }

  @Override
  public Boolean fillGaps(FillGaps operation) {
    return false;
  }

  @Override
  public Boolean over(Over operation) {
    return operation.arguments().stream().anyMatch(Expression::fallible)
        || orders(operation.orderBy())
        || operation.compute().stream().anyMatch(computed -> computed.outer().fallible());
  }

  @Override
  public Boolean deduplicate(Deduplicate operation) {
    return any(operation.by());
  }

  @Override
  public Boolean write(Operation.Write operation) {
    return true;
  }

  /** A row must have a time. */
  private static boolean isDoubtful(EventTime time) {
    return time.value().fallible() || time.value().type().optional();
  }

  /** Whether what a source does behind its decoder may fail. */
  public static boolean ofRows(Operation.Read read) {
    return any(read.computed()) || read.eventTime().map(Fallibility::isDoubtful).orElse(false);
  }

  private boolean links(List<Link> links) {
    return links.stream().anyMatch(link -> link.operation().accept(this));
  }

  private static boolean any(List<NamedExpression> expressions) {
    return expressions.stream().anyMatch(e -> e.expression().fallible());
  }

  private static boolean orders(List<Operation.OrderBy> orders) {
    return orders.stream().anyMatch(order -> order.value().fallible());
  }
}
