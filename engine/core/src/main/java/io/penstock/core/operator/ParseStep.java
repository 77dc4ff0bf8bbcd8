package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.Schema;
import io.penstock.api.format.Block;
import io.penstock.api.format.BlockLines;
import io.penstock.api.format.Decoder;
import io.penstock.api.problem.Origin;
import io.penstock.api.problem.ProblemCode;
import io.penstock.core.expression.Evaluator;
import io.penstock.core.expression.RowError;
import io.penstock.core.expression.RowErrors;
import io.penstock.core.logical.Operation;
import io.penstock.json.Json;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decodes the text of a field, one record in each row. */
final class ParseStep implements RowStep {
  private final Operation.Parse parse;
  private final Evaluator text;
  private final Decoder decoder;
  private final Schema schema;
  private final Origin origin;
  private final AllRows all = new AllRows();

  ParseStep(Operation.Parse parse, Evaluator text, Schema schema, Origin origin) {
    this.parse = parse;
    this.text = text;
    this.decoder = parse.format().format().decoder(parse.decoding());
    this.schema = schema;
    this.origin = origin;
  }

  @Override
  public Traced apply(Traced in, RowErrors failed) {
    RowErrors errors = new RowErrors();
    Column.Bytes texts = (Column.Bytes) text.evaluate(in.rows(), all.of(in.size()), errors);
    OneRecord record = new OneRecord(parse.decoding().schema());
    for (int row = 0; row < in.size(); row++) {
      decode(texts, row, record, errors);
    }
    Column[] fields = record.build();
    Traced parsed = parse.into().isPresent() ? into(in, fields) : spread(in, fields, errors);
    return parsed.without(errors, failed);
  }

  private void decode(Column.Bytes texts, int row, OneRecord record, RowErrors errors) {
    record.begin();
    if (errors.of(row).isEmpty() && !texts.isNull(row)) {
      int from = texts.from(row);
      int to = texts.to(row);
      BlockLines lines = BlockLines.from(1, texts.bytes(), from, to);
      Block block = new Block(texts.bytes(), from, to, "", 0, 0, lines, true, Map.of());
      int at = from;
      do {
        at = decoder.decode(block, at, record);
      } while (at < to && record.complaint == null);
    }
    String complaint = record.end();
    if (complaint != null && !parse.keepMissing() && errors.of(row).isEmpty()) {
      String value = texts.isNull(row) ? "null" : texts.text(row);
      errors.add(
          row,
          new RowError(
              texts.isNull(row) ? ProblemCode.D210 : record.code,
              origin,
              complaint,
              Map.of(
                  parse.text().source().text(),
                  value.length() > 200 ? value.substring(0, 200) + "..." : value)));
    }
  }

  private Traced into(Traced in, Column[] fields) {
    Schema record = parse.decoding().schema();
    Batch rows = in.rows();
    Column whole =
        record.open() && record.fields().isEmpty()
            ? fields[0]
            : new Column.Records(rows.size(), fields, null);
    Map<String, Column> set = Assembly.one(parse.into().orElseThrow(), whole);
    return in.with(rows.with(schema, Assembly.assemble(schema, rows, set, Set.of())));
  }

  private Traced spread(Traced in, Column[] fields, RowErrors errors) {
    Schema record = parse.decoding().schema();
    Batch rows = in.rows();
    Map<String, Column> set = new HashMap<>();
    for (int i = 0; i < record.fields().size(); i++) {
      String name = record.fields().get(i).name();
      boolean taken = rows.schema().indexOf(name) >= 0;
      if (!taken || parse.existing() != Operation.Existing.KEEP) {
        set.put(name, fields[i]);
      }
    }
    Column[] columns = Assembly.assemble(schema, rows, set, Set.of());
    if (record.open() && schema.open()) {
      columns[schema.rest()] = merged(in, (Column.Bytes) fields[record.rest()], errors);
    }
    return in.with(rows.with(schema, columns));
  }

  private Column merged(Traced in, Column.Bytes parsed, RowErrors errors) {
    Batch rows = in.rows();
    Json[] members = new Json[rows.size()];
    for (int row = 0; row < members.length; row++) {
      members[row] = parsed.isNull(row) ? Json.object(Map.of()) : Assembly.json(parsed, row);
      if (members[row].kind() != Json.Kind.OBJECT && errors.of(row).isEmpty()) {
        errors.add(
            row,
            new RowError(
                ProblemCode.D204,
                origin,
                "the parsed value is no object, so it has no fields; name a field with `into`",
                Map.of()));
      }
    }
    return Assembly.with(rows, members, parse.existing() != Operation.Existing.KEEP);
  }

  /** Takes exactly one record for each row; nulls where there is none. */
  private static final class OneRecord implements Decoder.Rows {
    private final ColumnBuilder[] builders;
    private int rows;
    private int found;
    private ProblemCode code = ProblemCode.D101;
    private @Nullable String complaint;

    OneRecord(Schema schema) {
      builders = new ColumnBuilder[schema.columns()];
      for (int i = 0; i < builders.length; i++) {
        builders[i] = ColumnBuilder.of(schema.column(i).type());
      }
    }

    void begin() {
      found = 0;
      complaint = null;
      code = ProblemCode.D101;
    }

    /** Ends the row; what is wrong with it, or null. */
    @Nullable String end() {
      if (complaint == null && found != 1) {
        complaint = found == 0 ? "there is no record in the text" : "there is more than one record";
      }
      if (complaint != null) {
        for (ColumnBuilder builder : builders) {
          builder.truncate(rows);
          builder.addNull();
        }
      }
      rows++;
      return complaint;
    }

    Column[] build() {
      Column[] columns = new Column[builders.length];
      for (int i = 0; i < columns.length; i++) {
        columns[i] = builders[i].build();
      }
      return columns;
    }

    @Override
    public ColumnBuilder column(int index) {
      return builders[index];
    }

    @Override
    public void endRow(int offset, int line) {
      found++;
      if (found > 1) {
        for (ColumnBuilder builder : builders) {
          builder.truncate(rows + 1);
        }
      }
    }

    @Override
    public void bad(int offset, int end, int line, ProblemCode why, String message) {
      for (ColumnBuilder builder : builders) {
        builder.truncate(rows + Math.min(1, found));
      }
      if (complaint == null) {
        complaint = message;
        code = why;
      }
    }

    @Override
    public void skipped(int count) {}

    @Override
    public boolean full() {
      return false;
    }
  }
}
