package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.Schema;
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
      record.decode(decoder, texts.bytes(), texts.from(row), texts.to(row));
    }
    String complaint = record.end();
    if (complaint != null && !parse.keepMissing() && errors.of(row).isEmpty()) {
      String value = texts.isNull(row) ? "null" : texts.text(row);
      errors.add(
          row,
          new RowError(
              texts.isNull(row) ? ProblemCode.D210 : record.code(),
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
}
