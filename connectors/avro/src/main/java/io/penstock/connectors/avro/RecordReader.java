package io.penstock.connectors.avro;

import io.penstock.api.data.BytesBuilder;
import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.FieldPath;
import io.penstock.api.data.ValueType;
import io.penstock.api.format.Format;
import io.penstock.api.problem.ProblemCode;
import io.penstock.json.JsonBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** Reads the fields of a record, in the order of the file, into the columns of declared fields. */
final class RecordReader {
  private static final int NOWHERE = -1;

  private final Part[] parts;
  private final List<Absent> absent;
  private final int rest;
  private final JsonBuilder json = new JsonBuilder();

  // What takes the values that nobody wants: nothing is appended to it.
  private final ColumnBuilder nobody = ColumnBuilder.of(DataType.BOOLEAN);

  private RecordReader(List<Part> parts, List<Absent> absent, int rest) {
    this.parts = parts.toArray(Part[]::new);
    this.absent = List.copyOf(absent);
    this.rest = rest;
  }

  /**
   * A field of the file.
   *
   * @param column where it goes; nowhere for what is not declared
   */
  private record Part(Schema.Field field, int column, ValueReader reader, String path) {}

  /** A declared field that the file does not have. */
  private record Absent(int column, ValueReader reader, Cursor value) {}

  /**
   * A reader for records of this schema.
   *
   * @param wanted the pipeline's Avro schema of the record, if there is one
   * @param within the path of the record; empty for a row
   */
  static RecordReader of(
      Schema record,
      Optional<Schema> wanted,
      io.penstock.api.data.Schema declared,
      Optional<FieldPath> within,
      ValueReaders readers) {
    Format.Decoding decoding = readers.decoding();
    List<Part> parts = new ArrayList<>();
    List<Absent> absent = new ArrayList<>();
    List<Part> declaredParts = new ArrayList<>();
    for (int i = 0; i < declared.fields().size(); i++) {
      Field field = declared.fields().get(i);
      FieldPath path = child(within, field.name());
      Optional<Schema.Field> own = wanted.map(w -> w.getField(field.name()));
      Optional<Schema.Field> there = source(record, field.name(), own);
      if (there.isEmpty()) {
        absent.add(absent(field, i, own, path, readers));
        continue;
      }
      Schema schema = there.get().schema();
      boolean skipped =
          within.isEmpty()
              && !decoding.uses(field.name())
              && ScalarReaders.isTotal(schema, field.type().type());
      ValueReader reader =
          skipped
              ? unused(schema)
              : readers.of(schema, own.map(Schema.Field::schema), field.type(), path);
      declaredParts.add(new Part(there.get(), i, reader, path.toString()));
    }
    for (Schema.Field field : record.getFields()) {
      parts.add(part(field, declaredParts, child(within, field.name()), decoding));
    }
    return new RecordReader(parts, absent, declared.open() ? declared.rest() : NOWHERE);
  }

  private static Part part(
      Schema.Field field, List<Part> declared, FieldPath path, Format.Decoding decoding) {
    for (Part part : declared) {
      if (part.field().pos() == field.pos()) {
        return part;
      }
    }
    boolean fails = decoding.unknownFields() == Format.UnknownFields.FAIL;
    ValueReader reader =
        (in, to) -> {
          Skip.value(field.schema(), in);
          if (fails) {
            in.misfit(ProblemCode.D105, "`" + path + "` is not in the schema");
          }
        };
    return new Part(field, NOWHERE, reader, path.toString());
  }

  private static FieldPath child(Optional<FieldPath> within, String name) {
    List<String> names = new ArrayList<>(within.map(FieldPath::names).orElse(List.of()));
    names.add(name);
    return new FieldPath(names);
  }

  /** The field of the file that a declared one is, by its name or an alias of it. */
  private static Optional<Schema.Field> source(
      Schema record, String name, Optional<Schema.Field> own) {
    Schema.Field same = record.getField(name);
    if (same != null) {
      return Optional.of(same);
    }
    for (String alias : own.map(Schema.Field::aliases).orElse(Set.of())) {
      Schema.Field aliased = record.getField(alias);
      if (aliased != null) {
        return Optional.of(aliased);
      }
    }
    return Optional.empty();
  }

  private static ValueReader unused(Schema schema) {
    return (in, to) -> {
      Skip.value(schema, in);
      to.addNull();
    };
  }

  private static Absent absent(
      Field field, int column, Optional<Schema.Field> own, FieldPath path, ValueReaders readers) {
    Cursor value = new Cursor();
    if (own.isPresent() && own.get().hasDefaultValue()) {
      Schema schema = own.get().schema();
      byte[] bytes = defaultValue(own.get());
      value.reset(bytes, 0, bytes.length);
      return new Absent(column, readers.of(schema, Optional.of(schema), field.type(), path), value);
    }
    return new Absent(column, missing(field.type(), path), value);
  }

  private static ValueReader missing(ValueType type, FieldPath path) {
    return (in, to) -> {
      if (!type.optional()) {
        in.misfit(ProblemCode.D103, "`" + path + "` is missing");
      }
      to.addNull();
    };
  }

  /** The default of a field, as it would be written. */
  static byte[] defaultValue(Schema.Field field) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
    try {
      Object value = GenericData.get().getDefaultValue(field);
      new GenericDatumWriter<>(field.schema()).write(value, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Reads one record; each column gets one value. */
  void read(Cursor in, IntFunction<ColumnBuilder> to) {
    int begun = 0;
    if (rest != NOWHERE) {
      begun = json.clear().beginObject();
    }
    for (Part part : parts) {
      if (part.column() != NOWHERE) {
        part.reader().read(in, to.apply(part.column()));
      } else if (rest != NOWHERE) {
        json.name(part.field().name());
        JsonPart.read(part.field().schema(), in, json, part.path());
      } else {
        part.reader().read(in, nobody);
      }
    }
    for (Absent field : absent) {
      fill(field, in, to.apply(field.column()));
    }
    if (rest != NOWHERE) {
      json.end(begun);
      ((BytesBuilder) to.apply(rest)).add(json.bytes().array(), 0, json.bytes().length());
    }
  }

  private static void fill(Absent field, Cursor in, ColumnBuilder to) {
    Cursor value = field.value();
    if (value.bytes().length == 0) {
      field.reader().read(in, to);
    } else {
      value.reset(value.bytes(), 0, value.bytes().length);
      field.reader().read(value, to);
      value.misfit().ifPresent(wrong -> in.misfit(wrong.code(), wrong.text()));
    }
  }
}
