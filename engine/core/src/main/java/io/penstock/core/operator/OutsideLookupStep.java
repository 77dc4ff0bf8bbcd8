package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.DataType;
import io.penstock.api.data.Schema;
import io.penstock.api.problem.Origin;
import io.penstock.api.problem.ProblemCode;
import io.penstock.core.expression.Evaluator;
import io.penstock.core.expression.Expression;
import io.penstock.core.expression.RowError;
import io.penstock.core.expression.RowErrors;
import io.penstock.core.logical.Operation;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Adds fields of what an outside system answers. Equal keys of a batch are asked for once; a key
 * with a null in it is not asked for, and there is nothing of it.
 */
final class OutsideLookupStep implements RowStep {
  private static final Answer NOTHING = new Answer.Missing();

  private final Operation.OutsideLookup lookup;
  private final List<Evaluator> key;
  private final List<DataType> types;
  private final Outside outside;
  private final Schema schema;
  private final Origin origin;
  private final AllRows all = new AllRows();

  OutsideLookupStep(
      Operation.OutsideLookup lookup,
      List<Evaluator> key,
      Outside outside,
      Schema schema,
      Origin origin) {
    this.lookup = lookup;
    this.key = key;
    this.types = lookup.key().stream().map(part -> part.type().type()).toList();
    this.outside = outside;
    this.schema = schema;
    this.origin = origin;
  }

  @Override
  public Traced apply(Traced in, RowErrors failed) {
    RowErrors errors = new RowErrors();
    Column[] keys = new Column[key.size()];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = key.get(i).evaluate(in.rows(), all.of(in.size()), errors);
    }
    if (!errors.isEmpty()) {
      return apply(in.without(errors, failed), failed);
    }
    Answer[] answers = answers(keys, in.size());
    int[] rows = new int[answers.length];
    int count = 0;
    for (int row = 0; row < answers.length; row++) {
      if (stays(in, row, answers[row], failed)) {
        answers[count] = answers[row];
        rows[count++] = row;
      }
    }
    return taken(count == rows.length ? in : in.gather(rows, count), answers);
  }

  private Answer[] answers(Column[] keys, int count) {
    Answer[] answers = new Answer[count];
    Arrays.fill(answers, NOTHING);
    int[] whole = new int[count];
    int asked = 0;
    for (int row = 0; row < count; row++) {
      if (isWhole(keys, row)) {
        whole[asked++] = row;
      }
    }
    if (asked == 0) {
      return answers;
    }
    Column[] there = gather(keys, whole, asked);
    int[] ids = new int[asked];
    new KeyIndex(types).number(there, asked, ids);
    int[] firsts = new int[asked];
    int different = 0;
    for (int i = 0; i < asked; i++) {
      if (ids[i] == different) {
        firsts[different++] = i;
      }
    }
    List<Answer> said = outside.ask(gather(there, firsts, different), different);
    for (int i = 0; i < asked; i++) {
      answers[whole[i]] = said.get(ids[i]);
    }
    return answers;
  }

  private static boolean isWhole(Column[] keys, int row) {
    for (Column part : keys) {
      if (part.isNull(row)) {
        return false;
      }
    }
    return true;
  }

  private static Column[] gather(Column[] columns, int[] rows, int count) {
    Column[] gathered = new Column[columns.length];
    for (int i = 0; i < gathered.length; i++) {
      gathered[i] = columns[i].gather(rows, count);
    }
    return gathered;
  }

  /** Whether the row goes on; why it does not is reported where that is a failure. */
  private boolean stays(Traced in, int row, Answer answer, RowErrors failed) {
    if (answer instanceof Answer.Failed why) {
      failed.add(in.origin(row), error(why.code(), why.message(), in, row));
      return false;
    }
    if (answer instanceof Answer.Found || lookup.missing() == Operation.Lookup.Missing.KEEP) {
      return true;
    }
    if (lookup.missing() == Operation.Lookup.Missing.FAIL) {
      String message = "there is nothing of this key where it is looked up";
      failed.add(in.origin(row), error(ProblemCode.D221, message, in, row));
    }
    return false;
  }

  private RowError error(ProblemCode code, String message, Traced in, int row) {
    Map<String, String> values = new HashMap<>();
    for (Expression part : lookup.key()) {
      values.putAll(ReadValues.of(part, in.rows(), row));
    }
    return new RowError(code, origin, message, values);
  }

  private Traced taken(Traced in, Answer[] answers) {
    Batch rows = in.rows();
    Schema answer = lookup.answer().schema();
    Map<String, Column> set = new HashMap<>();
    for (Operation.Lookup.Taken taken : lookup.take()) {
      int index = answer.indexOf(taken.from());
      ColumnBuilder builder = ColumnBuilder.of(answer.column(index).type());
      for (int row = 0; row < rows.size(); row++) {
        if (answers[row] instanceof Answer.Found found) {
          Columns.append(builder, found.columns()[index], found.row());
        } else {
          builder.addNull();
        }
      }
      set.put(taken.name(), builder.build());
    }
    return in.with(rows.with(schema, Assembly.assemble(schema, rows, set, Set.of())));
  }
}
