package io.penstock.core.run;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Change;
import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.LongsBuilder;
import io.penstock.api.data.Provenance;
import io.penstock.api.data.Schema;
import io.penstock.api.option.Rate;
import io.penstock.core.expression.AggregateExpression;
import io.penstock.core.expression.Expression;
import io.penstock.core.expression.NamedExpression;
import io.penstock.core.logical.Deduplicate;
import io.penstock.core.logical.Emit;
import io.penstock.core.logical.EventTime;
import io.penstock.core.logical.FillGaps;
import io.penstock.core.logical.Join;
import io.penstock.core.logical.LateRows;
import io.penstock.core.logical.LogicalNode.OnError;
import io.penstock.core.logical.Operation;
import io.penstock.core.logical.Over;
import io.penstock.core.logical.RowOperations;
import io.penstock.core.logical.Throttle;
import io.penstock.core.logical.Windowing;
import io.penstock.testkit.reference.Call;
import io.penstock.testkit.reference.Pipe;
import io.penstock.testkit.reference.Row;
import io.penstock.testkit.reference.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** A pipeline of the reference as a plan of the engine. */
final class PipePlan {
  /** The fields of all rows between steps. */
  static final Schema ROW =
      Schema.of(
          Field.optional("k", DataType.INT),
          Field.optional("n", DataType.INT),
          Field.optional("v", DataType.INT),
          Field.optional("at", DataType.TIMESTAMP));

  private static final char COMES = '+';
  private static final char GOES = '-';

  private final Pipelines plan = new Pipelines();
  private final Map<String, Shelf> outputs = new LinkedHashMap<>();
  private final Set<String> changing = new HashSet<>();
  private final boolean spills;

  /**
   * A plan of a pipeline.
   *
   * @param drift how far a partition may be ahead
   * @param seed in which order rows come
   * @param from where readers begin
   */
  PipePlan(Pipe pipe, Duration drift, long seed, PartedRows.From from) {
    for (Pipe.Source source : pipe.sources()) {
      Optional<Duration> outOfOrder =
          source.outOfOrder().isPresent()
              ? Optional.of(micros(source.outOfOrder().getAsLong()))
              : Optional.empty();
      EventTime time =
          new EventTime(
              plan.expression("at", ROW),
              outOfOrder,
              Optional.empty(),
              Optional.empty(),
              Optional.of(drift));
      String read = source.timedLater() ? source.name() + "_read" : source.name();
      PartedRows rows = new PartedRows(ROW, batches(source, read), seed, from);
      Optional<EventTime> own = source.timedLater() ? Optional.empty() : Optional.of(time);
      Pipelines unused = plan.read(read, rows, ROW, own);
      if (source.timedLater()) {
        Operation later = new RowOperations.SetEventTime(time);
        unused = plan.step(source.name(), later, ROW, OnError.FAIL, read);
      }
    }
    pipe.stages().forEach(this::add);
    spills =
        pipe.stages().stream().map(Pipe.Stage::step).noneMatch(Step.Throttle.class::isInstance);
  }

  /** Whether all steps give to the disk what does not fit. */
  boolean spills() {
    return spills;
  }

  /** The plan. */
  Pipelines pipelines() {
    return plan;
  }

  /** What has come out of each step, as the reference writes it; of changes the table. */
  Map<String, List<String>> outputs() {
    Map<String, List<String>> rows = new LinkedHashMap<>();
    outputs.forEach(
        (name, shelf) ->
            rows.put(name, changing.contains(name) ? table(shelf.rows()) : shelf.rows()));
    return rows;
  }

  private static List<String> table(List<String> changes) {
    List<String> table = new ArrayList<>();
    for (String change : changes) {
      String row = change.substring(1);
      if (change.charAt(0) == COMES) {
        table.add(row);
      } else if (!table.remove(row)) {
        table.add("not there: " + row);
      }
    }
    return table;
  }

  private static String change(Batch batch, int row) {
    return (Change.of(batch, row).takesAway() ? GOES : COMES) + text(batch, row);
  }

  private static List<Batch> batches(Pipe.Source source, String read) {
    List<Batch> batches = new ArrayList<>();
    for (List<Row> rows : source.splits()) {
      LongsBuilder[] columns = new LongsBuilder[4];
      java.util.Arrays.setAll(columns, i -> new LongsBuilder());
      long[] positions = new long[rows.size()];
      for (int i = 0; i < positions.length; i++) {
        Row row = rows.get(i);
        List<OptionalLong> values = List.of(row.k(), row.n(), row.v(), row.at());
        for (int j = 0; j < columns.length; j++) {
          values.get(j).ifPresentOrElse(columns[j]::add, columns[j]::addNull);
        }
        positions[i] = i;
      }
      Column[] built =
          java.util.Arrays.stream(columns).map(LongsBuilder::build).toArray(Column[]::new);
      String split = PartedRows.id(batches.size());
      Provenance from = new Provenance(read, split, positions, new int[0], Map.of());
      batches.add(Batch.of(ROW, rows.size(), built, from));
    }
    return batches;
  }

  private void add(Pipe.Stage stage) {
    Operation operation = operation(stage.step());
    String raw = stage.name() + "_raw";
    String[] from = stage.inputs().toArray(new String[0]);
    Pipelines unused =
        plan.step(raw, operation, result(stage.step(), operation), OnError.FAIL, from);
    boolean changes =
        stage.step() instanceof Step.Aggregate aggregate && aggregate.shown().changes();
    if (changes) {
      changing.add(stage.name());
    }
    output(stage.name(), raw);
    if (stage.step().keepsByTime()) {
      output(stage.name() + ".late", raw + ".late");
    }
    unused = plan.project(stage.name(), raw, OnError.FAIL, next(stage.step()));
  }

  private void output(String name, String from) {
    Shelf shelf = new Shelf(changing.contains(name) ? PipePlan::change : PipePlan::text);
    outputs.put(name, shelf);
    String sink = "out_" + name.replace('.', '_');
    Pipelines unused = plan.write(sink, from, shelf, OnError.FAIL);
  }

  /** What the next step is given. */
  private static String[] next(Step step) {
    String k = "k";
    String n = "n";
    String v = "v";
    String at = "at";
    if (step instanceof Step.Aggregate aggregate) {
      k = aggregate.byKey() ? "k" : "c0";
      n = "c0";
      v = "c1";
      at = LateRows.START;
    } else if (step instanceof Step.Over) {
      v = "c0";
    } else if (step instanceof Step.Join join && !isHalf(join.type())) {
      v = "m";
    }
    return new String[] {"k", k, "n", n, "v", v, "at", at};
  }

  private static boolean isHalf(Step.Type type) {
    return type == Step.Type.SEMI || type == Step.Type.ANTI;
  }

  private List<NamedExpression> keys(boolean byKey) {
    return byKey ? List.of(plan.named("k", "k", ROW)) : List.of();
  }

  private Operation operation(Step step) {
    if (step instanceof Step.Filter filter) {
      return new Operation.Filter(plan.expression(filter.test().text(), ROW));
    }
    if (step instanceof Step.Change change) {
      List<String> fields = new ArrayList<>();
      for (Field field : ROW.fields()) {
        fields.add(field.name());
        boolean own = field.name().equals(change.formula().field());
        fields.add(own ? change.formula().text() : field.name());
      }
      return plan.projection(ROW, fields.toArray(new String[0]));
    }
    if (step instanceof Step.Union) {
      return new Operation.Union();
    }
    if (step instanceof Step.Throttle throttle) {
      Rate rate = new Rate(throttle.count(), Duration.ofMillis(1));
      return new Throttle(rate, keys(throttle.byKey()), Throttle.Excess.WAIT);
    }
    if (step instanceof Step.Join join) {
      return join(join);
    }
    return gathering(step);
  }

  private Operation gathering(Step step) {
    if (step instanceof Step.Aggregate aggregate) {
      List<NamedExpression> keys = keys(aggregate.byKey());
      List<AggregateExpression> computed = new ArrayList<>();
      for (Call call : aggregate.calls()) {
        computed.add(plan.aggregated("c" + computed.size(), call.text(), ROW, keys));
      }
      Operation.Aggregate bare =
          new Operation.Aggregate(keys, computed, Optional.empty(), windowing(aggregate));
      OptionalLong least = aggregate.shown().least();
      if (least.isEmpty()) {
        return bare;
      }
      Expression having = plan.expression("c0 >= " + least.getAsLong(), result(step, bare));
      return new Operation.Aggregate(keys, computed, Optional.of(having), bare.windowing());
    }
    if (step instanceof Step.Distinct distinct) {
      return new Operation.Distinct(
          List.of(plan.expression("k", ROW)), PipeWindows.of(distinct.in()));
    }
    if (step instanceof Step.Top top) {
      return new Operation.Top(
          top.most(),
          keys(top.byKey()),
          List.of(plan.orderBy("v", ROW, top.descending())),
          top.ties(),
          top.rank() ? Optional.of("place") : Optional.empty(),
          PipeWindows.of(top.in()));
    }
    if (step instanceof Step.Sort sort) {
      return new Operation.Sort(List.of(plan.orderBy("v", ROW, false)), PipeWindows.of(sort.in()));
    }
    if (step instanceof Step.Deduplicate deduplicate) {
      return new Deduplicate(
          keys(true),
          Optional.of(micros(deduplicate.within())),
          Deduplicate.Keep.valueOf(deduplicate.keep().name()));
    }
    if (step instanceof Step.FillGaps fill) {
      return new FillGaps(
          List.of("k"),
          "at",
          micros(fill.every()),
          Optional.of(micros(fill.within())),
          Map.of("v", FillGaps.Way.LAST));
    }
    if (step instanceof Step.Over over) {
      return PipeFrames.over(over, keys(over.byKey()));
    }
    return new Operation.Sort(List.of());
  }

  private static Windowing windowing(Step.Aggregate aggregate) {
    Windowing once = PipeWindows.of(aggregate.in());
    if (!aggregate.shown().changes()) {
      return once;
    }
    OptionalLong every = aggregate.shown().every();
    Emit emit = every.isPresent() ? new Emit.Every(micros(every.getAsLong())) : new Emit.Changes();
    return new Windowing(once.window(), once.lateness(), emit, false);
  }

  private Operation join(Step.Join join) {
    Join.Pair pair =
        new Join.Pair(plan.expression("k", ROW), plan.expression("k", ROW), Optional.of("k"));
    Optional<Join.Bound> bound = Optional.empty();
    if (join.bound() instanceof Step.Within within) {
      bound = Optional.of(new Join.Within(micros(within.before()), micros(within.after())));
    } else if (join.bound() instanceof Step.InWindow window) {
      bound =
          Optional.of(
              new Join.InWindow(
                  PipeWindows.of(window.in().windows()), micros(window.in().lateness())));
    }
    Schema both =
        Schema.of(
            Field.of("left", new DataType.RecordOf(ROW)),
            Field.of("right", new DataType.RecordOf(ROW)));
    return new Join(
        List.of(pair),
        bound,
        join.where() ? Optional.of(plan.expression("left.v < right.v", both)) : Optional.empty(),
        Join.Type.valueOf(join.type().name()),
        isHalf(join.type()) ? List.of() : List.of(new Join.Taken("m", "n")),
        join.asOf());
  }

  private static Schema result(Step step, Operation operation) {
    List<Field> fields = new ArrayList<>();
    if (operation instanceof Operation.Project project) {
      return Pipelines.result(project);
    }
    if (operation instanceof Operation.Aggregate aggregate) {
      aggregate.by().forEach(key -> fields.add(new Field(key.name(), key.expression().type())));
      fields.add(Field.of(LateRows.START, DataType.TIMESTAMP));
      fields.add(Field.of(LateRows.END, DataType.TIMESTAMP));
      aggregate.compute().forEach(c -> fields.add(new Field(c.name(), c.outer().type())));
      return Schema.of(fields);
    }
    fields.addAll(ROW.fields());
    if (operation instanceof Over over) {
      over.compute().forEach(c -> fields.add(new Field(c.name(), c.outer().type())));
    }
    if (step instanceof Step.Top top && top.rank()) {
      fields.add(Field.of("place", DataType.INT));
    }
    if (step instanceof Step.Join join && !isHalf(join.type())) {
      fields.add(Field.optional("m", DataType.INT));
    }
    return Schema.of(fields);
  }

  private static Duration micros(long count) {
    return Duration.ofNanos(count * 1000);
  }

  private static String text(Batch batch, int row) {
    List<String> values = new ArrayList<>();
    for (Column column : batch.columns()) {
      values.add(text(column, row));
    }
    return String.join(" ", values);
  }

  private static String text(Column column, int row) {
    if (column.isNull(row)) {
      return "null";
    }
    if (column instanceof Column.Longs longs) {
      return Long.toString(longs.values()[row]);
    }
    if (column instanceof Column.Doubles doubles) {
      return Double.toString(doubles.values()[row]);
    }
    if (column instanceof Column.Lists lists) {
      List<String> elements = new ArrayList<>();
      for (int i = lists.offsets()[row]; i < lists.offsets()[row + 1]; i++) {
        elements.add(text(lists.elements(), i));
      }
      return elements.toString();
    }
    throw new IllegalArgumentException(column.toString());
  }
}
