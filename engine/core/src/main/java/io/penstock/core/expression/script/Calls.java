package io.penstock.core.expression.script;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Provenance;
import io.penstock.api.data.Schema;
import io.penstock.api.data.ValueType;
import io.penstock.api.option.ExpressionText;
import io.penstock.api.problem.Problems;
import io.penstock.core.expression.Evaluator;
import io.penstock.core.expression.Expression;
import io.penstock.core.expression.ExpressionChecker;
import io.penstock.core.expression.RowError;
import io.penstock.core.expression.RowErrors;
import io.penstock.core.expression.Scope;
import io.penstock.core.expression.Selection;
import io.penstock.core.expression.UserFunction;
import io.penstock.core.expression.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Calls into the language of expressions: an expression is made for each place and each combination
 * of types that arrives there, so that overloads, null rules, conversions and failures are those of
 * expressions, and is evaluated over a batch of one row.
 */
final class Calls {
  static final Provenance NOWHERE = Provenance.none("");
  private static final int MOST_VARIANTS = 64;

  private final Map<String, UserFunction> functions;
  private final Function<Expression, Evaluator> evaluators;
  private final Budget budget;
  private final List<Map<List<DataType>, Variant>> variants = new ArrayList<>();
  private final Selection first = Selection.all(1);
  private Batch rows = Batch.of(Schema.of(List.of()), 0, new Column[0], NOWHERE);
  private @Nullable Batch here;
  private int at;
  private int drawn;

  Calls(
      int sites,
      Map<String, UserFunction> functions,
      Function<Expression, Evaluator> evaluators,
      Budget budget) {
    this.functions = functions;
    this.evaluators = evaluators;
    this.budget = budget;
    for (int i = 0; i < sites; i++) {
      variants.add(new HashMap<>());
    }
  }

  /** What a place has become for arguments of these types. */
  private record Variant(
      Schema arguments, int[] taken, Expression expression, Evaluator evaluator) {}

  void begin(Batch batch) {
    rows = batch;
  }

  void at(int row) {
    at = row;
    here = null;
    drawn = 0;
  }

  @Nullable Object call(CallSite site, @Nullable Object[] arguments) {
    List<DataType> types = new ArrayList<>(arguments.length);
    for (Object argument : arguments) {
      budget.work(budget.size(argument, 0));
      types.add(ArgumentTypes.of(argument));
    }
    Map<List<DataType>, Variant> known = variants.get(site.index());
    Variant variant = known.get(types);
    if (variant == null) {
      if (known.size() >= MOST_VARIANTS) {
        known.clear();
      }
      variant = variant(site, types);
      known.put(types, variant);
    }
    Column[] columns = new Column[variant.taken.length];
    for (int i = 0; i < columns.length; i++) {
      DataType type = variant.arguments.column(i).type();
      ColumnBuilder builder = ColumnBuilder.of(type);
      Object value = arguments[variant.taken[i]];
      Values.append(builder, type, ArgumentTypes.boxed(value, type, budget));
      columns[i] = builder.build();
    }
    RowErrors errors = new RowErrors();
    Column result = variant.evaluator.evaluate(batch(variant, columns), first, errors);
    Optional<RowError> error = errors.of(0);
    if (error.isPresent()) {
      throw new ScriptFailure(error.get().code(), error.get().message());
    }
    DataType type = variant.expression.type().type();
    Object value = ScriptValues.of(type, Values.get(result, type, 0));
    if (value != null && !(value instanceof Number) && !(value instanceof Boolean)) {
      budget.make(budget.size(value, 0));
    }
    return value;
  }

  /** The arguments as a row that stands where the row at hand does, for `now` and the like. */
  private Batch batch(Variant variant, Column[] columns) {
    Batch place = here;
    if (place == null) {
      Batch empty = rows.with(Schema.of(List.of()), new Column[0]);
      place = empty.gather(new int[] {at}, 1);
      here = place;
    }
    Provenance from = place.provenance();
    if (!variant.expression.deterministic()) {
      // Each drawing of a row is another one, and the same when the row is read again.
      from = from.numbered(new int[] {from.index(0) * 1_000_003 + ++drawn});
    }
    return new Batch(variant.arguments, 1, columns, from, place.marks());
  }

  private Variant variant(CallSite site, List<DataType> types) {
    Problems problems = new Problems();
    Optional<Variant> variant = checked(site, types, problems);
    for (int i = 0; i < types.size() && variant.isEmpty(); i++) {
      // A record is json, which most functions take; the others take a map.
      if (types.get(i).equals(DataType.JSON)) {
        List<DataType> others = new ArrayList<>(types);
        others.replaceAll(t -> t.equals(DataType.JSON) ? ArgumentTypes.MAP : t);
        variant = checked(site, others, new Problems());
        break;
      }
    }
    return variant.orElseThrow(() -> ScriptFailure.kind(problems.inFileOrder().get(0).message()));
  }

  private Optional<Variant> checked(CallSite site, List<DataType> types, Problems problems) {
    StringBuilder text = new StringBuilder(site.pieces().get(0));
    List<Field> fields = new ArrayList<>();
    int[] taken = new int[types.size()];
    for (int i = 0; i < types.size(); i++) {
      DataType type = types.get(i);
      Optional<String> literal = site.literals().get(i);
      if (literal.isPresent()) {
        text.append(literal.get());
      } else if (type.equals(ArgumentTypes.NULL)) {
        text.append("null");
      } else {
        String name = "argument_" + (i + 1);
        taken[fields.size()] = i;
        fields.add(new Field(name, ValueType.required(type)));
        text.append(name);
      }
      text.append(site.pieces().get(i + 1));
    }
    if (types.isEmpty()) {
      text.append(site.pieces().get(1));
    }
    Schema arguments = Schema.of(fields);
    Scope scope = new Scope(arguments, Map.of(), Map.of(), Map.of(), Map.of(), functions);
    ExpressionText written = ExpressionText.at(text.toString(), site.place().origin());
    return new ExpressionChecker(problems)
        .check(written, scope)
        .map(
            expression ->
                new Variant(
                    arguments,
                    Arrays.copyOf(taken, fields.size()),
                    expression,
                    evaluators.apply(expression)));
  }
}
