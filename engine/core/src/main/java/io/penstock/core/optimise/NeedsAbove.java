package io.penstock.core.optimise;

import io.penstock.core.expression.AggregateCall;
import io.penstock.core.expression.AggregateExpression;
import io.penstock.core.expression.Expression;
import io.penstock.core.expression.NamedExpression;
import io.penstock.core.logical.Deduplicate;
import io.penstock.core.logical.EveryNth;
import io.penstock.core.logical.FillGaps;
import io.penstock.core.logical.Join;
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

/**
 * Carries needs from a step's output up to its input. What may fail counts as needed, because it is
 * evaluated whether or not its value is read: leaving it out would change which rows are errors.
 */
final class NeedsAbove implements Operation.Visitor<Needs> {
  private final Needs below;

  NeedsAbove(Needs below) {
    this.below = below;
  }

  /** What a list of links needs of its first input. */
  private static Needs throughLinks(List<Operation.Link> links, Needs below) {
    Needs needs = below;
    for (int i = links.size() - 1; i >= 0; i--) {
      needs = links.get(i).operation().accept(new NeedsAbove(needs));
    }
    return needs;
  }

  private static List<Expression> values(List<NamedExpression> named) {
    return named.stream().map(NamedExpression::expression).toList();
  }

  @Override
  public Needs filter(Operation.Filter operation) {
    return below.and(operation.where());
  }

  @Override
  public Needs project(Operation.Project operation) {
    if (operation.rest().isPresent()) {
      return Needs.ALL;
    }
    Needs needs = Needs.NONE;
    for (NamedExpression field : operation.fields()) {
      if (below.includes(field.name()) || field.expression().fallible()) {
        needs = needs.and(field.expression());
      }
    }
    return needs;
  }

  @Override
  public Needs explode(Operation.Explode operation) {
    Set<String> made = new HashSet<>();
    made.add(operation.as());
    operation.index().ifPresent(made::add);
    return below.without(made).and(operation.list());
  }

  @Override
  public Needs parse(Operation.Parse operation) {
    return below.and(operation.text());
  }

  @Override
  public Needs script(RunScript operation) {
    return operation.wholeRow() ? Needs.ALL : Needs.NONE.and(values(operation.reads()));
  }

  @Override
  public Needs java(RunJava operation) {
    return Needs.ALL;
  }

  @Override
  public Needs expect(Operation.Expect operation) {
    return below.and(values(operation.rules()));
  }

  @Override
  public Needs lookup(Operation.Lookup operation) {
    List<String> taken = operation.take().stream().map(Operation.Lookup.Taken::name).toList();
    return below.without(taken).and(operation.on());
  }

  @Override
  public Needs outsideLookup(Operation.OutsideLookup operation) {
    List<String> taken = operation.take().stream().map(Operation.Lookup.Taken::name).toList();
    return below.without(taken).and(operation.key());
  }

  @Override
  public Needs log(Operation.Log operation) {
    return below.and(operation.values());
  }

  @Override
  public Needs setEventTime(Operation.SetEventTime operation) {
    return below.and(operation.eventTime().value());
  }

  @Override
  public Needs chain(Operation.Chain operation) {
    return throughLinks(operation.links(), below);
  }

  @Override
  public Needs choose(Operation.Choose operation) {
    Needs needs = Needs.NONE;
    for (Operation.Choose.Branch branch : operation.branches()) {
      Needs result = branch.toResult().accept(new NeedsAbove(below));
      needs = needs.and(throughLinks(branch.links(), result));
      if (branch.when().isPresent()) {
        needs = needs.and(branch.when().get());
      }
    }
    return needs;
  }

  @Override
  public Needs read(Operation.Read operation) {
    Needs needs =
        operation.computed().isEmpty() ? below : Needs.NONE.and(values(operation.computed()));
    return operation.eventTime().isPresent()
        ? needs.and(operation.eventTime().get().value())
        : needs;
  }

  @Override
  public Needs union(Operation.Union operation) {
    return below;
  }

  @Override
  public Needs route(Operation.Route operation) {
    return below.and(values(operation.cases()));
  }

  @Override
  public Needs limit(Operation.Limit operation) {
    return below;
  }

  @Override
  public Needs distinct(Operation.Distinct operation) {
    return operation.by().isEmpty() ? Needs.ALL : below.and(operation.by());
  }

  @Override
  public Needs aggregate(Operation.Aggregate operation) {
    List<Expression> read = new ArrayList<>(values(operation.by()));
    operation.windowing().content().ifPresent(window -> read.add(window.when()));
    for (AggregateExpression computed : operation.compute()) {
      for (AggregateCall call : computed.calls()) {
        read.addAll(call.arguments());
        call.where().ifPresent(read::add);
      }
    }
    return Needs.NONE.and(read);
  }

  @Override
  public Needs top(Operation.Top operation) {
    return Needs.ALL;
  }

  @Override
  public Needs sort(Operation.Sort operation) {
    return Needs.ALL;
  }

  @Override
  public Needs join(Join operation) {
    return Needs.ALL;
  }

  @Override
  public Needs sample(Operation.Sample operation) {
    return below;
  }

  @Override
  public Needs everyNth(EveryNth operation) {
    return below;
  }

  @Override
  public Needs throttle(Throttle operation) {
    // Rows that wait are kept, and an edit below must not change what is kept of them.
    return operation.excess() == Throttle.Excess.DROP
        ? below.and(values(operation.by()))
        : Needs.ALL;
  }

  @Override
  public Needs remember(Remember operation) {
    return Needs.ALL;
  }

  @Override
  public Needs fillGaps(FillGaps operation) {
    return Needs.ALL;
  }

  @Override
  public Needs over(Over operation) {
    return Needs.ALL;
  }

  @Override
  public Needs deduplicate(Deduplicate operation) {
    // Where rows are kept, an edit below must not change what is kept of them.
    return operation.keep() == Deduplicate.Keep.FIRST
        ? below.and(values(operation.by()))
        : Needs.ALL;
  }

  @Override
  public Needs write(Operation.Write operation) {
    return Needs.ALL;
  }
}
