package io.penstock.core.optimise;

import io.penstock.core.expression.AggregateCall;
import io.penstock.core.expression.AggregateExpression;
import io.penstock.core.expression.Expression;
import io.penstock.core.expression.NamedExpression;
import io.penstock.core.logical.Deduplicate;
import io.penstock.core.logical.EveryNth;
import io.penstock.core.logical.FillGaps;
import io.penstock.core.logical.Join;
import io.penstock.core.logical.LogicalPlan;
import io.penstock.core.logical.Operation;
import io.penstock.core.logical.Over;
import io.penstock.core.logical.Remember;
import io.penstock.core.logical.RunJava;
import io.penstock.core.logical.RunScript;
import io.penstock.core.logical.Throttle;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Collects the expressions of operations, in order. */
public final class PlanExpressions implements Operation.Visitor<List<Expression>> {
  private PlanExpressions() {}

  /** The expressions that an operation computes over its input rows, or over what comes of them. */
  public static List<Expression> of(Operation operation) {
    return operation.accept(new PlanExpressions());
  }

  /** The names of {@code meta.*} that a plan reads. */
  public static Set<String> meta(LogicalPlan plan) {
    Set<String> names = new HashSet<>();
    plan.nodes().forEach(node -> of(node.operation()).forEach(e -> names.addAll(e.meta())));
    return names;
  }

  private static List<Expression> named(List<NamedExpression> expressions) {
    return expressions.stream().map(NamedExpression::expression).toList();
  }

  private static List<Expression> links(List<Operation.Link> links) {
    List<Expression> all = new ArrayList<>();
    links.forEach(link -> all.addAll(of(link.operation())));
    return all;
  }

  @Override
  public List<Expression> read(Operation.Read operation) {
    List<Expression> all = new ArrayList<>(named(operation.computed()));
    operation.eventTime().ifPresent(time -> all.add(time.value()));
    return all;
  }

  @Override
  public List<Expression> union(Operation.Union operation) {
    return List.of();
  }

  @Override
  public List<Expression> filter(Operation.Filter operation) {
    return List.of(operation.where());
  }

  @Override
  public List<Expression> project(Operation.Project operation) {
    return named(operation.fields());
  }

  @Override
  public List<Expression> explode(Operation.Explode operation) {
    return List.of(operation.list());
  }

  @Override
  public List<Expression> parse(Operation.Parse operation) {
    return List.of(operation.text());
  }

  @Override
  public List<Expression> script(RunScript operation) {
    return named(operation.reads());
  }

  @Override
  public List<Expression> java(RunJava operation) {
    return List.of();
  }

  @Override
  public List<Expression> expect(Operation.Expect operation) {
    return named(operation.rules());
  }

  @Override
  public List<Expression> lookup(Operation.Lookup operation) {
    return operation.on();
  }

  @Override
  public List<Expression> outsideLookup(Operation.OutsideLookup operation) {
    return operation.key();
  }

  @Override
  public List<Expression> log(Operation.Log operation) {
    return operation.values();
  }

  @Override
  public List<Expression> setEventTime(Operation.SetEventTime operation) {
    return List.of(operation.eventTime().value());
  }

  @Override
  public List<Expression> chain(Operation.Chain operation) {
    return links(operation.links());
  }

  @Override
  public List<Expression> choose(Operation.Choose operation) {
    List<Expression> all = new ArrayList<>();
    for (Operation.Choose.Branch branch : operation.branches()) {
      branch.when().ifPresent(all::add);
      all.addAll(links(branch.links()));
      all.addAll(of(branch.toResult()));
    }
    return all;
  }

  @Override
  public List<Expression> route(Operation.Route operation) {
    return named(operation.cases());
  }

  @Override
  public List<Expression> limit(Operation.Limit operation) {
    return List.of();
  }

  @Override
  public List<Expression> distinct(Operation.Distinct operation) {
    return operation.by();
  }

  @Override
  public List<Expression> aggregate(Operation.Aggregate operation) {
    List<Expression> all = new ArrayList<>(named(operation.by()));
    operation.windowing().content().ifPresent(window -> all.add(window.when()));
    for (AggregateExpression expression : operation.compute()) {
      for (AggregateCall call : expression.calls()) {
        all.addAll(call.arguments());
        call.where().ifPresent(all::add);
      }
    }
    return all;
  }

  @Override
  public List<Expression> top(Operation.Top operation) {
    List<Expression> all = new ArrayList<>(named(operation.by()));
    operation.orderBy().forEach(by -> all.add(by.value()));
    return all;
  }

  @Override
  public List<Expression> sort(Operation.Sort operation) {
    return operation.by().stream().map(Operation.OrderBy::value).toList();
  }

  @Override
  public List<Expression> join(Join operation) {
    List<Expression> all = new ArrayList<>();
    operation.on().forEach(pair -> all.addAll(List.of(pair.left(), pair.right())));
    operation.where().ifPresent(all::add);
    return all;
  }

  @Override
  public List<Expression> sample(Operation.Sample operation) {
    return List.of();
  }

  @Override
  public List<Expression> everyNth(EveryNth operation) {
    return List.of();
  }

  @Override
  public List<Expression> throttle(Throttle operation) {
    return named(operation.by());
  }

  @Override
  public List<Expression> remember(Remember operation) {
    return List.of();
  }

  @Override
  public List<Expression> fillGaps(FillGaps operation) {
    return List.of();
  }

  @Override
  public List<Expression> over(Over operation) {
    List<Expression> all = new ArrayList<>(operation.arguments());
    operation.orderBy().forEach(by -> all.add(by.value()));
    operation.compute().forEach(computed -> all.add(computed.outer()));
    return all;
  }

  @Override
  public List<Expression> deduplicate(Deduplicate operation) {
    return named(operation.by());
  }

  @Override
  public List<Expression> write(Operation.Write operation) {
    List<Expression> all = new ArrayList<>();
    operation.templates().values().forEach(all::addAll);
    return all;
  }
}
