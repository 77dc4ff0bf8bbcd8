package io.penstock.core.state;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import io.penstock.api.data.ValueType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Schemas and types as bytes. */
public final class SchemaCodec {
  private static final int DECIMAL = 20;
  private static final int LIST = 21;
  private static final int MAP = 22;
  private static final int RECORD = 23;
  private static final int MOST_FIELDS = 100_000;
  private static final int DEEPEST = 200;

  // The place of a type is its number in the format: add at the end only.
  private static final List<DataType> SIMPLE =
      List.of(
          DataType.BOOLEAN,
          DataType.INT,
          DataType.DOUBLE,
          DataType.STRING,
          DataType.BYTES,
          DataType.TIMESTAMP,
          DataType.DATE,
          DataType.DURATION,
          DataType.JSON);

  private SchemaCodec() {}

  public static void write(Schema schema, StateOutput to) throws IOException {
    to.flag(schema.open());
    to.number(schema.fields().size());
    for (Field field : schema.fields()) {
      to.text(field.name());
      write(field.type(), to);
    }
  }

  public static Schema read(StateInput from) throws IOException {
    return read(from, 0);
  }

  private static Schema read(StateInput from, int depth) throws IOException {
    boolean open = from.flag();
    List<Field> fields = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (int i = from.count(MOST_FIELDS); i > 0; i--) {
      Field field = new Field(from.text(), type(from, depth + 1));
      if (!names.add(field.name())) {
        throw new DamagedException("a schema has the field `" + field.name() + "` twice");
      }
      fields.add(field);
    }
    return new Schema(fields, open);
  }

  public static void write(ValueType type, StateOutput to) throws IOException {
    to.flag(type.optional());
    if (type.type() instanceof DataType.Decimal decimal) {
      to.number(DECIMAL);
      to.number(decimal.precision());
      to.number(decimal.scale());
    } else if (type.type() instanceof DataType.ListOf list) {
      to.number(LIST);
      write(list.element(), to);
    } else if (type.type() instanceof DataType.MapOf map) {
      to.number(MAP);
      write(map.value(), to);
    } else if (type.type() instanceof DataType.RecordOf record) {
      to.number(RECORD);
      write(record.schema(), to);
    } else {
      to.number(SIMPLE.indexOf(type.type()));
    }
  }

  public static ValueType readType(StateInput from) throws IOException {
    return type(from, 0);
  }

  private static ValueType type(StateInput from, int depth) throws IOException {
    if (depth > DEEPEST) {
      throw new DamagedException("a type is nested too deep");
    }
    boolean optional = from.flag();
    int kind = from.count(RECORD);
    DataType type =
        switch (kind) {
          case DECIMAL -> decimal(from);
          case LIST -> new DataType.ListOf(type(from, depth + 1));
          case MAP -> new DataType.MapOf(type(from, depth + 1));
          case RECORD -> new DataType.RecordOf(read(from, depth + 1));
          default -> simple(kind);
        };
    return new ValueType(type, optional);
  }

  private static DataType simple(int kind) throws DamagedException {
    if (kind >= SIMPLE.size()) {
      throw new DamagedException("there is no type number " + kind);
    }
    return SIMPLE.get(kind);
  }

  private static DataType decimal(StateInput from) throws IOException {
    int precision = from.count(DataType.Decimal.MAX_PRECISION);
    int scale = from.count(precision);
    if (precision == 0) {
      throw new DamagedException("a decimal has no digit");
    }
    return new DataType.Decimal(precision, scale);
  }
}
