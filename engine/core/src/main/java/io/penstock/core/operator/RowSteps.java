package io.penstock.core.operator;

import io.penstock.api.data.Schema;
import io.penstock.api.problem.Origin;
import io.penstock.core.logical.Operation;
import io.penstock.core.logical.RunJava;
import io.penstock.core.logical.RunScript;
import java.util.ArrayList;
import java.util.List;

/** Makes the step of each row operation. */
final class RowSteps implements Operation.RowVisitor<RowStep> {
  private final StepContext context;
  private final Schema schema;
  private final Origin origin;

  private RowSteps(StepContext context, Schema schema, Origin origin) {
    this.context = context;
    this.schema = schema;
    this.origin = origin;
  }

  /** The step of an operation whose rows have this schema. */
  static RowStep of(
      Operation.RowOperation operation, Schema schema, Origin origin, StepContext context) {
    return operation.acceptRow(new RowSteps(context, schema, origin));
  }

  @Override
  public RowStep filter(Operation.Filter operation) {
    return new FilterStep(context.evaluator(operation.where()));
  }

  @Override
  public RowStep project(Operation.Project operation) {
    return new ProjectStep(context.projection(operation.fields()), operation.rest(), schema);
  }

  @Override
  public RowStep explode(Operation.Explode operation) {
    return new ExplodeStep(operation, context.evaluator(operation.list()), schema);
  }

  @Override
  public RowStep parse(Operation.Parse operation) {
    return new ParseStep(operation, context.evaluator(operation.text()), schema, origin);
  }

  @Override
  public RowStep script(RunScript operation) {
    return new ScriptStep(operation, schema, context);
  }

  @Override
  public RowStep java(RunJava operation) {
    return new JavaStep(operation, schema, context);
  }

  @Override
  public RowStep expect(Operation.Expect operation) {
    return new ExpectStep(operation.rules(), context.named(operation.rules()));
  }

  @Override
  public RowStep lookup(Operation.Lookup operation) {
    return new LookupStep(
        operation,
        context.evaluators(operation.on()),
        context.lookups().table(operation.table()),
        schema,
        origin);
  }

  @Override
  public RowStep outsideLookup(Operation.OutsideLookup operation) {
    return new OutsideLookupStep(
        operation,
        context.evaluators(operation.key()),
        context.lookups().outside(operation),
        schema,
        origin);
  }

  @Override
  public RowStep log(Operation.Log operation) {
    return new LogStep(
        context.node().step(),
        operation,
        context.evaluators(operation.values()),
        context.clock(),
        context.log());
  }

  @Override
  public RowStep sample(Operation.Sample operation) {
    return new SampleStep(operation);
  }

  @Override
  public RowStep setEventTime(Operation.SetEventTime operation) {
    return new EventTimeStep(operation.eventTime(), context);
  }

  @Override
  public RowStep chain(Operation.Chain operation) {
    return new ChainStep(links(operation.links()));
  }

  private List<RowStep> links(List<Operation.Link> links) {
    List<RowStep> steps = new ArrayList<>();
    for (Operation.Link link : links) {
      steps.add(of(link.operation(), link.schema(), link.origin(), context));
    }
    return steps;
  }

  @Override
  public RowStep choose(Operation.Choose operation) {
    List<ChooseStep.Branch> branches = new ArrayList<>();
    for (Operation.Choose.Branch branch : operation.branches()) {
      List<RowStep> steps = links(branch.links());
      steps.add(of(branch.toResult(), schema, origin, context));
      branches.add(
          new ChooseStep.Branch(branch.when().map(context::evaluator), new ChainStep(steps)));
    }
    return new ChooseStep(branches, schema);
  }
}
