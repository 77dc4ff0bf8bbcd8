package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.api.data.BytesBuilder;
import io.penstock.api.data.Column;
import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.LongsBuilder;
import io.penstock.api.data.Schema;
import io.penstock.api.problem.ProblemCode;
import io.penstock.core.expression.Evaluator;
import io.penstock.core.expression.RowError;
import io.penstock.core.expression.RowErrors;
import io.penstock.core.logical.Operation;
import io.penstock.json.Json;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes one row of each element of a list. */
final class ExplodeStep implements RowStep {
  private final Operation.Explode explode;
  private final Evaluator list;
  private final Schema schema;
  private final AllRows all = new AllRows();

  ExplodeStep(Operation.Explode explode, Evaluator list, Schema schema) {
    this.explode = explode;
    this.list = list;
    this.schema = schema;
  }

  @Override
  public boolean expands() {
    return true;
  }

  @Override
  public Traced apply(Traced in, RowErrors failed) {
    RowErrors errors = new RowErrors();
    Column lists = list.evaluate(in.rows(), all.of(in.size()), errors);
    Result result = new Result(in.size());
    DataType type = explode.list().type().type();
    Column elements;
    if (lists instanceof Column.Lists typed) {
      elements = typed(typed, errors, result, ((DataType.ListOf) type).element().type());
    } else {
      elements = json((Column.Bytes) lists, in, errors, result);
    }
    errors.all().forEach((row, error) -> failed.add(in.origin(row), error));
    Traced repeated = in.with(kept(in.rows())).gather(result.rows, result.count);
    Map<String, Column> set = Assembly.one(explode.as(), elements);
    explode.index().ifPresent(name -> set.put(name, result.index.build()));
    Batch rows = repeated.rows();
    Column[] columns = beside(rows, set);
    Batch numbered =
        new Batch(
            schema,
            rows.size(),
            columns,
            rows.provenance().numbered(numbers(rows, result)),
            rows.marks());
    return repeated.with(numbered);
  }

  /** What each element's row keeps of the row it came in: never the list itself. */
  private Batch kept(Batch rows) {
    List<Field> fields = schema.fields().stream().filter(field -> !isMade(field.name())).toList();
    Schema keeping = new Schema(fields, schema.open());
    Set<String> leaving = explode.rest().orElse(Set.of());
    return rows.with(keeping, Assembly.assemble(keeping, rows, Map.of(), leaving));
  }

  private boolean isMade(String name) {
    return name.equals(explode.as()) || explode.index().filter(name::equals).isPresent();
  }

  private Column[] beside(Batch kept, Map<String, Column> made) {
    Column[] columns = new Column[schema.columns()];
    for (int i = 0; i < schema.fields().size(); i++) {
      String name = schema.fields().get(i).name();
      Column own = made.get(name);
      columns[i] = own != null ? own : kept.column(kept.schema().indexOf(name));
    }
    if (schema.open()) {
      columns[schema.rest()] = kept.column(kept.schema().rest());
    }
    return columns;
  }

  private static int[] numbers(Batch rows, Result result) {
    int[] numbers = Arrays.copyOf(result.numbers, result.count);
    for (int i = 0; i < numbers.length; i++) {
      // Rows that were numbered before, by an explode above, stay apart from each other.
      numbers[i] += rows.provenance().index(i) * 1_000_003;
    }
    return numbers;
  }

  private Column typed(Column.Lists lists, RowErrors errors, Result result, DataType element) {
    int[] taken = new int[Math.max(16, lists.elements().size() + lists.size())];
    for (int row = 0; row < lists.size(); row++) {
      if (errors.of(row).isPresent()) {
        continue;
      }
      int from = lists.offsets()[row];
      int to = lists.isNull(row) ? from : lists.offsets()[row + 1];
      for (int i = from; i < to; i++) {
        taken[result.count] = i;
        result.add(row, i - from);
      }
      if (from == to && explode.keepEmpty()) {
        taken[result.count] = -1;
        result.addEmpty(row);
      }
    }
    return Columns.gatherOrNull(lists.elements(), element, taken, result.count);
  }

  private Column json(Column.Bytes lists, Traced in, RowErrors errors, Result result) {
    BytesBuilder elements = (BytesBuilder) ColumnBuilder.of(DataType.JSON);
    for (int row = 0; row < lists.size(); row++) {
      if (errors.of(row).isPresent()) {
        continue;
      }
      Json value = lists.isNull(row) ? Json.ofNull() : Assembly.json(lists, row);
      if (value.kind() != Json.Kind.LIST && !value.isNull()) {
        errors.add(
            row,
            new RowError(
                ProblemCode.D204,
                explode.list().source().origin(),
                "the value is no list",
                ReadValues.of(explode.list(), in.rows(), row)));
        continue;
      }
      List<Json> items = value.elements();
      for (int i = 0; i < items.size(); i++) {
        elements.add(items.get(i).binary());
        result.add(row, i);
      }
      if (items.isEmpty() && explode.keepEmpty()) {
        elements.addNull();
        result.addEmpty(row);
      }
    }
    return elements.build();
  }

  /** The rows that come out: from which row, and the element's number. */
  private static final class Result {
    private final LongsBuilder index = new LongsBuilder();
    private int[] rows;
    private int[] numbers;
    private int count;

    Result(int size) {
      rows = new int[Math.max(16, size * 2)];
      numbers = new int[rows.length];
    }

    void add(int row, int number) {
      index.add(number);
      put(row, number);
    }

    void addEmpty(int row) {
      index.addNull();
      put(row, 0);
    }

    private void put(int row, int number) {
      if (count == rows.length) {
        rows = Arrays.copyOf(rows, count * 2);
        numbers = Arrays.copyOf(numbers, count * 2);
      }
      rows[count] = row;
      numbers[count++] = number;
    }
  }
}
