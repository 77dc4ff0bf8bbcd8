package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.api.data.BytesBuilder;
import io.penstock.api.data.Column;
import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.Field;
import io.penstock.api.data.MapsBuilder;
import io.penstock.api.data.RecordsBuilder;
import io.penstock.api.data.Schema;
import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.Problem;
import io.penstock.core.expression.RowError;
import io.penstock.core.expression.RowErrors;
import io.penstock.core.logical.FailedRows;
import io.penstock.core.logical.LogicalNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** What happens to the rows for which one step fails, in one task. */
public final class FailurePolicy {
  private final LogicalNode node;
  private final String stage;
  private final StepCounters counters;
  private final DeadLetters letters;
  private final FailureTally judged;

  /**
   * The policy of a step.
   *
   * @param stage {@code decode}, {@code transform} or {@code sink}
   * @param judged told of rows that are left out, by source
   */
  public FailurePolicy(
      LogicalNode node,
      String stage,
      StepCounters counters,
      DeadLetters letters,
      FailureTally judged) {
    this.node = node;
    this.stage = stage;
    this.counters = counters;
    this.letters = letters;
    this.judged = judged;
  }

  /** Whether the first row that fails ends the run. */
  boolean stops() {
    return node.onError() == LogicalNode.OnError.FAIL;
  }

  /** Rows of this batch failed. */
  void rows(Batch rows, RowErrors errors, Operator.Out out) {
    if (errors.isEmpty()) {
      return;
    }
    List<Failure> failures = new ArrayList<>();
    errors.all().forEach((row, error) -> failures.add(new Failure(row, error, Optional.empty())));
    handle(rows, failures, out);
  }

  /** Records or rows of this batch failed. */
  void handle(Batch rows, List<Failure> failures, Operator.Out out) {
    if (failures.isEmpty()) {
      return;
    }
    for (Failure failure : failures) {
      RowError error = failure.error();
      counters.reason(Problem.of(error.code(), error.at(), error.message()));
    }
    switch (node.onError()) {
      case FAIL -> {
        counters.failed += 1;
        throw stopped(rows, failures.get(0));
      }
      case SKIP -> counters.skipped += failures.size();
      case DEAD_LETTER -> {
        counters.deadLettered += failures.size();
        for (Failure failure : failures) {
          letters.add(node.step(), stage, rows, failure);
        }
        out.deadLetters(letters.take());
      }
      case OUTPUT -> {
        counters.failed += failures.size();
        out.rows(Operator.Out.FAILED, failedRows(rows, failures));
      }
    }
    if (node.onError() != LogicalNode.OnError.OUTPUT) {
      for (Failure failure : failures) {
        judged.failed(
            rows.provenance().source(), rows.provenance().position(Math.max(0, failure.row())));
      }
    }
  }

  private PipelineException stopped(Batch rows, Failure failure) {
    RowError error = failure.error();
    StringBuilder message = new StringBuilder(error.message());
    if (!error.values().isEmpty() && failure.raw().isEmpty()) {
      message.append(" (");
      String separator = "";
      for (var value : new TreeMap<>(error.values()).entrySet()) {
        message.append(separator).append(value.getKey()).append(" = ").append(value.getValue());
        separator = ", ";
      }
      message.append(')');
    }
    long position = failure.row() < 0 ? -1 : rows.provenance().position(failure.row());
    if (position >= 0 && failure.raw().isEmpty()) {
      String split = rows.provenance().split();
      message.append(", in the record at ");
      message.append(split.isEmpty() ? "" : split + " ").append("position ").append(position);
    }
    return new PipelineException(
        Problem.of(
            error.code(),
            error.at(),
            message.toString(),
            "say `on_error: skip` or `on_error: dead_letter` at `"
                + node.step()
                + "` to go on without such rows"));
  }

  private Batch failedRows(Batch rows, List<Failure> failures) {
    Schema schema =
        node.section() == LogicalNode.Section.SOURCES
            ? FailedRows.ofSource()
            : FailedRows.of(rows.schema());
    int[] indexes = new int[failures.size()];
    for (int i = 0; i < indexes.length; i++) {
      indexes[i] = Math.max(0, failures.get(i).row());
    }
    Column error = errorColumn(schema, failures);
    if (node.section() == LogicalNode.Section.SOURCES) {
      Column[] columns = {rawColumn(rows, failures), error};
      return Batch.of(
          schema, indexes.length, columns, rows.provenance().gather(indexes, indexes.length));
    }
    Batch taken = rows.gather(indexes, indexes.length);
    Column[] columns = new Column[schema.columns()];
    int at = 0;
    for (int i = 0; i < rows.schema().columns(); i++) {
      boolean rest = rows.schema().open() && i == rows.schema().rest();
      if (rest) {
        columns[schema.rest()] = taken.column(i);
      } else if (!rows.schema().fields().get(i).name().equals("error")) {
        columns[at++] = taken.column(i);
      }
    }
    columns[at] = error;
    return Updates.without(taken.with(schema, columns));
  }

  private static Column rawColumn(Batch rows, List<Failure> failures) {
    BytesBuilder raw = new BytesBuilder();
    for (Failure failure : failures) {
      raw.add(
          failure
              .raw()
              .map(Failure.Raw::shown)
              .orElseGet(() -> RowJson.of(rows, failure.row()).toText()));
    }
    return raw.build();
  }

  private static Column errorColumn(Schema schema, List<Failure> failures) {
    Field field = schema.field("error").orElseThrow();
    RecordsBuilder errors = (RecordsBuilder) ColumnBuilder.of(field.type().type());
    for (Failure failure : failures) {
      RowError error = failure.error();
      ((BytesBuilder) errors.field(0)).add(error.code().name());
      ((BytesBuilder) errors.field(1)).add(error.message());
      ((BytesBuilder) errors.field(2)).add(error.at().toString());
      MapsBuilder values = (MapsBuilder) errors.field(3);
      new TreeMap<>(error.values())
          .forEach(
              (name, value) -> {
                values.keys().add(name);
                ((BytesBuilder) values.values()).add(value);
              });
      values.end();
      errors.end();
    }
    return errors.build();
  }
}
