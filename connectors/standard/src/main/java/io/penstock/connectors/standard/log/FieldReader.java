package io.penstock.connectors.standard.log;

import io.penstock.api.data.BytesBuilder;
import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.Field;
import io.penstock.api.data.FieldPath;
import io.penstock.api.data.Schema;
import io.penstock.api.format.Format;
import io.penstock.api.problem.ProblemCode;
import io.penstock.json.JsonBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/** Takes the fields of a schema from named parts. Single-threaded. */
final class FieldReader {
  private final Schema schema;
  private final Optional<FieldPath> within;
  private final boolean fails;
  private final PartReader[] readers;
  private final JsonBuilder rest = new JsonBuilder();

  private FieldReader(Schema schema, Optional<FieldPath> within, PartReaders readers) {
    this.schema = schema;
    this.within = within;
    this.fails = readers.decoding().unknownFields() == Format.UnknownFields.FAIL;
    this.readers = new PartReader[schema.fields().size()];
    for (int i = 0; i < this.readers.length; i++) {
      Field field = schema.fields().get(i);
      this.readers[i] = readers.of(field.type(), path(field.name()));
    }
  }

  /** For whole records. */
  static FieldReader of(PartReaders readers) {
    return new FieldReader(readers.decoding().schema(), Optional.empty(), readers);
  }

  /** For records within others. */
  static FieldReader of(Schema schema, FieldPath within, PartReaders readers) {
    return new FieldReader(schema, Optional.of(within), readers);
  }

  /** Each column gets one value; throws {@link BadRecord} where the parts do not fit. */
  void read(Part.Group parts, IntFunction<ColumnBuilder> columns) {
    for (int i = 0; i < readers.length; i++) {
      Field field = schema.fields().get(i);
      Part part = parts.parts().get(field.name());
      if (part != null) {
        readers[i].read(part, columns.apply(i));
      } else if (field.type().optional()) {
        columns.apply(i).addNull();
      } else {
        throw new BadRecord(ProblemCode.D103, "`" + path(field.name()) + "` is missing");
      }
    }
    if (fails || schema.open()) {
      others(parts, columns);
    }
  }

  /** What no field takes is refused, or kept. */
  private void others(Part.Group parts, IntFunction<ColumnBuilder> columns) {
    int begun = rest.clear().beginObject();
    for (Map.Entry<String, Part> entry : parts.parts().entrySet()) {
      if (schema.indexOf(entry.getKey()) >= 0) {
        continue;
      }
      if (fails) {
        throw new BadRecord(
            ProblemCode.D105, "`" + path(entry.getKey()) + "` is not in the schema");
      }
      rest.name(entry.getKey());
      entry.getValue().appendTo(rest);
    }
    rest.end(begun);
    if (schema.open()) {
      ((BytesBuilder) columns.apply(schema.rest()))
          .add(rest.bytes().array(), 0, rest.bytes().length());
    }
  }

  private FieldPath path(String name) {
    List<String> names = new ArrayList<>(within.map(FieldPath::names).orElse(List.of()));
    names.add(name);
    return new FieldPath(names);
  }
}
