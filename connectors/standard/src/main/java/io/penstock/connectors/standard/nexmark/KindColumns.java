package io.penstock.connectors.standard.nexmark;

import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.FieldPath;
import io.penstock.api.data.RecordsBuilder;
import io.penstock.api.data.Schema;
import io.penstock.api.format.Format;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The records of one kind of event; of those that are not used nothing is made. */
final class KindColumns {
  /** A field that is used. */
  private record Used(int index, Value value) {}

  private final int kind;
  private final List<Used> used = new ArrayList<>();
  private final List<Integer> unused = new ArrayList<>();

  /**
   * The records of a kind.
   *
   * @param record the name of their field
   * @param values what makes a field of theirs
   */
  KindColumns(
      int kind,
      String record,
      Schema fields,
      Format.Decoding decoding,
      Function<String, Value> values) {
    this.kind = kind;
    for (int i = 0; i < fields.columns(); i++) {
      String name = fields.fields().get(i).name();
      if (isUsed(decoding, record, name)) {
        used.add(new Used(i, values.apply(name)));
      } else {
        unused.add(i);
      }
    }
  }

  private static boolean isUsed(Format.Decoding decoding, String record, String name) {
    return decoding.usesAll()
        || decoding.used().contains(FieldPath.of(record))
        || decoding.used().contains(FieldPath.of(record, name));
  }

  void fill(EventRows rows, ColumnBuilder to) {
    RecordsBuilder records = (RecordsBuilder) to;
    if (used.isEmpty()) {
      records.addNulls(rows.size());
      return;
    }
    for (Used field : used) {
      field.value().fill(rows, kind, records.field(field.index()));
    }
    for (int field : unused) {
      records.field(field).addNulls(rows.size());
    }
    for (int row = 0; row < rows.size(); row++) {
      if (rows.kind(row) == kind) {
        records.end();
      } else {
        records.endNull();
      }
    }
  }
}
