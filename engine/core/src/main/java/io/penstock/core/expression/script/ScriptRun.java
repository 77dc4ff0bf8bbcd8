package io.penstock.core.expression.script;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.api.data.Schema;
import io.penstock.core.expression.Evaluator;
import io.penstock.core.expression.Expression;
import io.penstock.core.expression.NamedExpression;
import io.penstock.core.expression.RowError;
import io.penstock.core.expression.UserFunction;
import io.penstock.core.expression.Values;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Runs a script over the rows of batches. One per task, single-threaded. */
public final class ScriptRun implements Run.Input {
  private final ScriptProgram program;
  private final List<NamedExpression> reads;
  private final Emitted emitted;
  private final Budget budget;
  private final Run run;
  private final Calls calls;
  private final @Nullable Object[] values;
  private final boolean[] known;
  private Batch rows = Batch.of(Schema.of(List.of()), 0, new Column[0], Calls.NOWHERE);
  private List<Column> columns = List.of();
  private int at;
  private @Nullable Map<String, @Nullable Object> row;

  /**
   * A run of a script.
   *
   * @param reads the values of the program's reads, in their order
   * @param result the schema of the rows that come out
   */
  public ScriptRun(
      ScriptProgram program,
      List<NamedExpression> reads,
      Map<String, UserFunction> functions,
      Schema result,
      ScriptLimits limits,
      Function<Expression, Evaluator> evaluators) {
    this.program = program;
    this.reads = reads;
    this.budget = new Budget(limits);
    this.emitted = new Emitted(result, budget);
    this.run = new Run(budget, this);
    this.calls = new Calls(program.sites(), functions, evaluators, budget);
    this.values = new Object[reads.size()];
    this.known = new boolean[reads.size()];
  }

  /** Begins a batch; its columns are the values of the program's reads. */
  public void begin(Batch batch, List<Column> readColumns) {
    rows = batch;
    columns = List.copyOf(readColumns);
    calls.begin(batch);
  }

  /** Runs the script for a row; what it emits is kept, but nothing where it fails. */
  public Optional<RowError> row(int index) {
    at = index;
    row = null;
    Arrays.fill(known, false);
    calls.at(index);
    budget.begin();
    run.signal = Run.Signal.NONE;
    run.returned = null;
    run.variables = new Variables(program.variables(), null);
    int before = emitted.count();
    try {
      program.code().run(run);
      return Optional.empty();
    } catch (ScriptFailure failure) {
      emitted.truncate(before);
      return Optional.of(error(failure));
    } catch (StackOverflowError tooDeep) {
      emitted.truncate(before);
      return Optional.of(error(ScriptFailure.limit("the script calls itself too deep")));
    }
  }

  private RowError error(ScriptFailure failure) {
    Place place = failure.place() == null ? new Place(program.text(), 0, 1) : failure.place();
    Map<String, String> shown = new LinkedHashMap<>();
    for (int i = 0; i < reads.size(); i++) {
      String name = reads.get(i).name();
      if (known[i] && !name.startsWith("params.")) {
        shown.put(name, ScriptValues.shown(values[i]));
      }
    }
    return new RowError(failure.code(), place.origin(), failure.text(), shown);
  }

  /** How many rows were emitted since the last taking. */
  public int count() {
    return emitted.count();
  }

  /** The columns of the rows that were emitted since the last time. */
  public Column[] take() {
    return emitted.take();
  }

  @Override
  public @Nullable Object read(int index) {
    if (!known[index]) {
      DataType type = reads.get(index).expression().type().type();
      values[index] = ScriptValues.of(type, Values.get(columns.get(index), type, at));
      known[index] = true;
    }
    return values[index];
  }

  @Override
  public Map<String, @Nullable Object> row() {
    Map<String, @Nullable Object> made = row;
    if (made == null) {
      made = RowValues.of(rows, at);
      row = made;
    }
    return made;
  }

  @Override
  public void emit(Map<?, ?> fields) {
    emitted.add(fields);
  }

  @Override
  public @Nullable Object call(CallSite site, @Nullable Object[] arguments) {
    return calls.call(site, arguments);
  }
}
