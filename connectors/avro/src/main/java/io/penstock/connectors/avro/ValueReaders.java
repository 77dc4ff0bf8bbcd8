package io.penstock.connectors.avro;

import io.penstock.api.data.BytesBuilder;
import io.penstock.api.data.DataType;
import io.penstock.api.data.FieldPath;
import io.penstock.api.data.ListsBuilder;
import io.penstock.api.data.RecordsBuilder;
import io.penstock.api.data.ValueType;
import io.penstock.api.format.Format;
import io.penstock.api.problem.ProblemCode;
import io.penstock.json.JsonBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;

/**
 * Makes readers that take the values of a file's schema into columns of declared types. Where the
 * pipeline has an Avro schema of its own, its aliases, defaults and symbols count too.
 */
final class ValueReaders {
  private final Format.Decoding decoding;

  ValueReaders(Format.Decoding decoding) {
    this.decoding = decoding;
  }

  Format.Decoding decoding() {
    return decoding;
  }

  /**
   * A reader of one value.
   *
   * @param schema what is in the file
   * @param wanted the pipeline's Avro schema of the same value, if there is one
   */
  ValueReader of(Schema schema, Optional<Schema> wanted, ValueType type, FieldPath path) {
    if (schema.getType() == Schema.Type.UNION) {
      return union(schema, wanted, type, path);
    }
    if (type.type().equals(DataType.JSON)) {
      return json(schema, path.toString());
    }
    if (schema.getType() == Schema.Type.NULL) {
      return ofNull(type, path.toString());
    }
    Optional<Schema> own = wanted.map(w -> branch(w, schema));
    return parts(schema, own, type.type(), path)
        .or(
            () ->
                new ScalarReaders(decoding.types().pattern(path), path.toString())
                    .of(schema, own, type.type()))
        .orElseGet(() -> misfit(schema, type.type(), path.toString()));
  }

  private Optional<ValueReader> parts(
      Schema schema, Optional<Schema> wanted, DataType type, FieldPath path) {
    if (schema.getType() == Schema.Type.ARRAY && type instanceof DataType.ListOf list) {
      Optional<Schema> inner =
          wanted.filter(w -> w.getType() == Schema.Type.ARRAY).map(Schema::getElementType);
      return Optional.of(list(of(schema.getElementType(), inner, list.element(), path)));
    }
    if (schema.getType() == Schema.Type.MAP && type instanceof DataType.MapOf map) {
      Optional<Schema> inner =
          wanted.filter(w -> w.getType() == Schema.Type.MAP).map(Schema::getValueType);
      return Optional.of(
          new MapReader(of(schema.getValueType(), inner, map.value(), path), path.toString()));
    }
    if (schema.getType() == Schema.Type.RECORD && type instanceof DataType.RecordOf record) {
      RecordReader fields =
          RecordReader.of(
              schema,
              wanted.filter(w -> w.getType() == Schema.Type.RECORD),
              record.schema(),
              Optional.of(path),
              this);
      return Optional.of(
          (in, to) -> {
            RecordsBuilder records = (RecordsBuilder) to;
            fields.read(in, records::field);
            records.end();
          });
    }
    return Optional.empty();
  }

  private static ValueReader list(ValueReader element) {
    return (in, to) -> {
      ListsBuilder lists = (ListsBuilder) to;
      for (long left = in.readCount(); left != 0; left = in.readCount()) {
        for (long i = 0; i < left; i++) {
          element.read(in, lists.elements());
        }
      }
      lists.end();
    };
  }

  private ValueReader union(
      Schema schema, Optional<Schema> wanted, ValueType type, FieldPath path) {
    List<ValueReader> readers = new ArrayList<>();
    for (Schema branch : schema.getTypes()) {
      readers.add(of(branch, wanted, type, path));
    }
    ValueReader[] branches = readers.toArray(ValueReader[]::new);
    return (in, to) -> branches[in.readIndex(branches.length, "the branch")].read(in, to);
  }

  private static ValueReader ofNull(ValueType type, String path) {
    return (in, to) -> {
      if (!type.optional()) {
        in.misfit(
            ProblemCode.D104,
            "`" + path + "` must be a value of type " + type.type() + ", not null");
      }
      to.addNull();
    };
  }

  private static ValueReader json(Schema schema, String path) {
    JsonBuilder json = new JsonBuilder();
    return (in, to) -> {
      JsonPart.read(schema, in, json.clear(), path);
      ((BytesBuilder) to).add(json.bytes().array(), 0, json.bytes().length());
    };
  }

  private static ValueReader misfit(Schema schema, DataType type, String path) {
    String text =
        "`" + path + "` must be a value of type " + type + ", not Avro's " + named(schema);
    return (in, to) -> {
      Skip.value(schema, in);
      in.misfit(ProblemCode.D104, text);
      to.addNull();
    };
  }

  /** A schema as messages name it. */
  static String named(Schema schema) {
    String name = schema.getType().getName();
    return schema.getLogicalType() == null
        ? name
        : name + " (" + schema.getLogicalType().getName() + ")";
  }

  /** The branch of a union that takes values of a schema, the first that has its kind. */
  private static Schema branch(Schema wanted, Schema schema) {
    if (wanted.getType() != Schema.Type.UNION) {
      return wanted;
    }
    List<Schema> branches = wanted.getTypes();
    for (Schema branch : branches) {
      boolean same = branch.getType() == schema.getType();
      if (same
          && (branch.getType() != Schema.Type.RECORD
              || branch.getName().equals(schema.getName()))) {
        return branch;
      }
    }
    return branches.stream()
        .filter(b -> b.getType() == schema.getType())
        .findFirst()
        .or(() -> branches.stream().filter(b -> b.getType() != Schema.Type.NULL).findFirst())
        .orElse(wanted);
  }
}
