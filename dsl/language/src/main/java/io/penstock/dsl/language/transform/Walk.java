package io.penstock.dsl.language.transform;

import io.penstock.api.data.Field;
import io.penstock.api.data.FieldPath;
import io.penstock.api.data.Schema;
import io.penstock.api.option.Chosen;
import io.penstock.api.option.Config;
import io.penstock.api.option.Entry;
import io.penstock.api.option.ExpressionText;
import io.penstock.api.option.Placed;
import io.penstock.api.problem.Nearest;
import io.penstock.api.problem.Origin;
import io.penstock.api.problem.ProblemCode;
import io.penstock.core.expression.Expression;
import io.penstock.core.expression.NamedExpression;
import io.penstock.core.expression.SchemaTypes;
import io.penstock.core.logical.Operation;
import io.penstock.core.logical.RowOperations.Link;
import io.penstock.core.logical.RowOperations.RowOperation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Goes through steps inside a step: {@code steps}, {@code chain}, {@code choose}, {@code when}. */
public final class Walk {
  private final StepContext start;
  private final List<String> calls;

  /**
   * A walk.
   *
   * @param calls the chains that are being called, the outermost first
   */
  Walk(StepContext start, List<String> calls) {
    this.start = start;
    this.calls = calls;
  }

  /** A transform of its own, with its condition. */
  public static Planned plan(
      TransformConfig config, Optional<ExpressionText> when, StepContext context) {
    boolean takes = config.takesChanges() || !Emission.refusesChanges(config, context);
    Planned own = config.plan(context);
    Planned planned = takes ? own : Planned.wrong(own.rows().changing(false));
    if (when.isEmpty()) {
      return planned;
    }
    if (!(config instanceof RowTransform)) {
      context.problem(
          ProblemCode.E211,
          when.get().origin(),
          "`when` belongs to transforms that look at one row at a time",
          "put a `filter` or a `route` above the step");
      return Planned.wrong(planned.rows());
    }
    sharesNoLimit(config, context, context.origin());
    TimesOfAll.check("under `when`", planned.operation(), when.get().origin(), context);
    return new Merge(context).when(when.get(), planned, context.origin());
  }

  /** A share of failing rows is counted over a whole step. */
  private static void sharesNoLimit(TransformConfig config, StepContext context, Origin origin) {
    if (config instanceof Expect expect && expect.atMost().isPresent()) {
      context.problem(
          ProblemCode.E115,
          origin,
          "`at_most` of an `expect` inside `steps` or under `when` is not in this version",
          "make `expect` a step of its own, without `when`");
    }
  }

  /** Looks at steps that stand nowhere yet, for what is wrong wherever they may stand. */
  public static void look(List<Chosen<Config>> steps, StepContext context) {
    new Walk(context, List.of()).chain(steps);
  }

  /** What steps one after the other become. */
  private record Walked(Optional<List<Link>> links, Rows rows) {}

  Planned chain(List<? extends Chosen<? extends Config>> steps) {
    Walked walked = withoutWorking(links(steps));
    return Planned.of(walked.links.map(Operation.Chain::new), walked.rows);
  }

  Planned alone(CallChain call) {
    return call(call.name(), start);
  }

  Planned choose(List<Choose.Branch> branches) {
    Merge merge = new Merge(start);
    boolean open = true;
    for (int i = 0; i < branches.size(); i++) {
      Choose.Branch branch = branches.get(i);
      Optional<Expression> when = branch.when().flatMap(start::condition);
      boolean whole = when.isPresent() == branch.when().isPresent();
      Walked walked = withoutWorking(links(branch.steps()));
      Optional<Operation> does = walked.links.map(Operation.Chain::new);
      TimesOfAll.check("in a branch of `choose`", does, start.origin(), start);
      merge.branch(when, walked.links.filter(l -> whole), walked.rows);
      open = branch.when().isPresent();
      if (!open && i < branches.size() - 1) {
        start.problem(
            ProblemCode.E110,
            start.origin(),
            "branch " + (i + 1) + " of `choose` lacks `when`, so no row reaches those after it",
            "give it a `when`, or put it last");
      }
    }
    if (open) {
      merge.branch(Optional.empty(), Optional.of(List.of()), start.rows());
    }
    return merge.done();
  }

  private Walked links(List<? extends Chosen<? extends Config>> steps) {
    Rows rows = start.rows();
    List<Link> links = new ArrayList<>();
    boolean whole = true;
    for (Chosen<? extends Config> step : steps) {
      StepContext context = start.over(rows).at(step.origin());
      Planned planned = step(step, context);
      rows = planned.rows();
      whole &= planned.operation().isPresent();
      if (planned.operation().orElse(null) instanceof RowOperation operation) {
        links.add(new Link(operation, rows.schema(), step.origin()));
      }
    }
    return new Walked(whole ? Optional.of(links) : Optional.empty(), rows);
  }

  private Planned step(Chosen<? extends Config> step, StepContext context) {
    if (!(step.config() instanceof RowTransform config)) {
      context.problem(
          ProblemCode.E211,
          step.origin(),
          "`" + step.name() + "` cannot stand inside `steps`: it must be a step with a name",
          "end the steps here, and make `" + step.name() + "` a step of its own");
      return Planned.wrong(Rows.unknown());
    }
    sharesNoLimit(config, context, step.origin());
    Planned planned =
        config instanceof Let let
            ? let(let, context)
            : config instanceof CallChain call ? call(call.name(), context) : config.plan(context);
    if (step.when().isEmpty()) {
      return planned;
    }
    if (config instanceof Let) {
      context.problem(
          ProblemCode.E110,
          step.when().get().origin(),
          "`let` takes no `when`",
          "write the condition into the expression: `if(condition, a, null)`");
      return planned;
    }
    TimesOfAll.check("under `when`", planned.operation(), step.when().get().origin(), context);
    return new Merge(context).when(step.when().get(), planned, step.origin());
  }

  private static Planned let(Let let, StepContext context) {
    NewRow row = NewRow.changed(context);
    Set<String> working = new HashSet<>(context.rows().working());
    for (Entry<ExpressionText> entry : let.fields().entries()) {
      String name = entry.name().first();
      if (context.schema().indexOf(name) >= 0 && !working.contains(name)) {
        context.taken(name, entry.origin());
        row.fail();
        continue;
      }
      row.assignHidden(FieldPath.of(name), entry.origin(), entry.value());
      working.add(name);
    }
    Planned planned = row.done();
    return new Planned(planned.operation(), planned.rows().working(working), List.of());
  }

  private Planned call(Placed<String> name, StepContext context) {
    SharedChain chain = context.surroundings().chains().get(name.value());
    if (chain == null) {
      context.problem(
          ProblemCode.E209,
          name.origin(),
          "unknown chain `" + name.value() + "`",
          Nearest.hint(
              name.value(), "entries of `chains`", context.surroundings().chains().keySet()));
      return Planned.wrong(Rows.unknown());
    }
    if (calls.contains(name.value())) {
      context.problem(
          ProblemCode.E206,
          name.origin(),
          "the chain calls itself: " + String.join(" > ", calls) + " > " + name.value(),
          "take the call out");
      return Planned.wrong(Rows.unknown());
    }
    List<String> deeper = new ArrayList<>(calls);
    deeper.add(name.value());
    return new Walk(context.over(taken(chain, name, context)), deeper).chain(chain.steps());
  }

  /** The rows as the chain sees them; a field that it cannot take is doubtful. */
  private static Rows taken(SharedChain chain, Placed<String> call, StepContext context) {
    Rows rows = context.rows();
    for (Field field : chain.takes().fields()) {
      Optional<Field> there = rows.schema().field(field.name());
      boolean fits =
          there
              .map(f -> SchemaTypes.widest(field.type(), f.type()))
              .map(wide -> wide.equals(Optional.of(field.type())))
              .orElse(rows.schema().open());
      if (!fits && rows.known() && !rows.doubtful().contains(field.name())) {
        context.problem(
            there.isPresent() ? ProblemCode.E402 : ProblemCode.E301,
            call.origin(),
            "the chain `"
                + chain.name()
                + "` takes `"
                + field
                + "`, and the row "
                + there.map(f -> "has `" + f + "`").orElse("has no such field"),
            there.isPresent()
                ? "convert the field above, or change what the chain takes"
                : Nearest.hint(field.name(), "fields here", rows.schema().names()));
      }
      rows = fits ? rows : rows.plusDoubtful(field.name());
    }
    return rows;
  }

  /** Takes the working fields out that were made since the start. */
  private Walked withoutWorking(Walked walked) {
    Rows rows = walked.rows;
    Set<String> made = new HashSet<>(rows.working());
    made.removeAll(start.rows().working());
    if (made.isEmpty()) {
      return walked;
    }
    List<Field> fields = new ArrayList<>();
    List<NamedExpression> copies = new ArrayList<>();
    StepContext context = start.over(rows);
    for (Field field : rows.schema().fields()) {
      if (!made.contains(field.name())) {
        fields.add(field);
        copies.add(new NamedExpression(field.name(), context.copy(field.name(), start.origin())));
      }
    }
    boolean open = rows.schema().open();
    Rows left = rows.with(new Schema(fields, open));
    RowOperation project =
        new Operation.Project(copies, open ? Optional.of(Set.of()) : Optional.empty());
    return new Walked(
        walked.links.map(
            links -> {
              List<Link> all = new ArrayList<>(links);
              all.add(new Link(project, left.schema(), start.origin()));
              return all;
            }),
        left);
  }
}
