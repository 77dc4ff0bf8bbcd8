package io.penstock.connectors.avro;

import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.api.data.ValueType;
import io.penstock.api.problem.ProblemCode;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;

/** Makes writers of values; types that do not go together are thrown. */
final class ValueWriters {
  private ValueWriters() {}

  /** A writer of values of a type by a schema. */
  static ValueWriter of(ValueType type, Schema schema, String path) {
    if (schema.getType() == Schema.Type.UNION) {
      return union(type, schema, path);
    }
    ValueWriter writer =
        present(type.type(), schema, path).orElseThrow(() -> unlike(type.type(), schema, path));
    return type.optional() ? required(writer, path) : writer;
  }

  private static RuntimeException unlike(DataType type, Schema schema, String path) {
    return Unfit.because(
        "`" + path + "` is of type " + type + ", and the schema has " + ValueReaders.named(schema));
  }

  private static ValueWriter required(ValueWriter writer, String path) {
    return (column, row, to) -> {
      if (column.isNull(row)) {
        throw new BadDatum(
            ProblemCode.D301, "`" + path + "` is null, and the schema wants a value");
      }
      writer.write(column, row, to);
    };
  }

  /** The branch for null, and the first of the others that takes the type. */
  private static ValueWriter union(ValueType type, Schema schema, String path) {
    List<Schema> branches = schema.getTypes();
    int none = -1;
    int taken = -1;
    Optional<ValueWriter> writer = Optional.empty();
    for (int i = 0; i < branches.size(); i++) {
      if (branches.get(i).getType() == Schema.Type.NULL) {
        none = i;
      } else if (writer.isEmpty()) {
        writer = present(type.type(), branches.get(i), path);
        taken = i;
      }
    }
    ValueWriter present = writer.orElseThrow(() -> unlike(type.type(), schema, path));
    int some = taken;
    ValueWriter value =
        (column, row, to) -> {
          Binary.number(some, to);
          present.write(column, row, to);
        };
    if (!type.optional()) {
      return value;
    }
    if (none < 0) {
      return required(value, path);
    }
    int nothing = none;
    return (column, row, to) -> {
      if (column.isNull(row)) {
        Binary.number(nothing, to);
      } else {
        value.write(column, row, to);
      }
    };
  }

  private static Optional<ValueWriter> present(DataType type, Schema schema, String path) {
    if (type instanceof DataType.ListOf list && schema.getType() == Schema.Type.ARRAY) {
      return Optional.of(list(of(list.element(), schema.getElementType(), path)));
    }
    if (type instanceof DataType.MapOf map && schema.getType() == Schema.Type.MAP) {
      return Optional.of(map(of(map.value(), schema.getValueType(), path)));
    }
    if (type instanceof DataType.RecordOf record && schema.getType() == Schema.Type.RECORD) {
      RowWriter fields = RowWriter.of(record.schema(), schema, path);
      return Optional.of(
          (column, row, to) -> fields.write(((Column.Records) column).fields(), row, to));
    }
    return new ScalarWriters(schema, path).of(type);
  }

  private static ValueWriter list(ValueWriter element) {
    return (column, row, to) -> {
      Column.Lists lists = (Column.Lists) column;
      int from = lists.offsets()[row];
      int end = lists.offsets()[row + 1];
      if (from < end) {
        Binary.number((long) end - from, to);
      }
      for (int i = from; i < end; i++) {
        element.write(lists.elements(), i, to);
      }
      Binary.number(0, to);
    };
  }

  private static ValueWriter map(ValueWriter value) {
    return (column, row, to) -> {
      Column.Maps maps = (Column.Maps) column;
      int from = maps.offsets()[row];
      int end = maps.offsets()[row + 1];
      if (from < end) {
        Binary.number((long) end - from, to);
      }
      for (int i = from; i < end; i++) {
        Binary.slice(maps.keys(), i, to);
        value.write(maps.values(), i, to);
      }
      Binary.number(0, to);
    };
  }
}
