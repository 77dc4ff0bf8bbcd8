package io.penstock.core.compile;

import io.penstock.api.data.Batch;
import io.penstock.api.data.BytesBuilder;
import io.penstock.api.data.Column;
import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Provenance;
import io.penstock.api.data.Schema;
import io.penstock.api.data.ValueType;
import io.penstock.core.expression.Values;
import io.penstock.json.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random rows for the fields of {@link FuzzGrammar}, edges of every type among them. */
final class FuzzRows {
  static final Schema SCHEMA = schema();

  private static final List<String> RESTS =
      List.of(
          "{}",
          "{\"k\": 5}",
          "{\"k\": null, \"m\": {\"a\": \"é\"}}",
          "{\"k\": \"12\", \"m\": {\"a\": 7}}",
          "{\"k\": 1.5, \"m\": \"a\"}",
          "{\"k\": 123456789012345678901, \"m\": {\"b\": 1, \"a\": \"ab\"}}",
          "{\"k\": -7, \"m\": {\"a\": null}}",
          "{\"k\": true, \"m\": []}");

  private FuzzRows() {}

  private static Schema schema() {
    List<Field> fields = new ArrayList<>();
    of(fields, DataType.INT, "i", "j");
    of(fields, DataType.DOUBLE, "x", "y");
    of(fields, new DataType.Decimal(10, 2), "d");
    of(fields, DataType.BOOLEAN, "p", "q");
    of(fields, DataType.STRING, "s", "t");
    of(fields, DataType.TIMESTAMP, "w");
    optional(fields, DataType.INT, "n");
    optional(fields, DataType.DOUBLE, "z");
    optional(fields, new DataType.Decimal(4, 1), "e");
    optional(fields, new DataType.Decimal(30, 3), "f");
    optional(fields, DataType.BOOLEAN, "b");
    optional(fields, DataType.STRING, "u");
    optional(fields, DataType.TIMESTAMP, "v");
    return new Schema(fields, true);
  }

  private static void of(List<Field> fields, DataType type, String... names) {
    for (String name : names) {
      fields.add(Field.of(name, type));
    }
  }

  private static void optional(List<Field> fields, DataType type, String name) {
    fields.add(new Field(name, ValueType.optional(type)));
  }

  static Batch of(int rows, boolean nulls, Random random) {
    Column[] columns = new Column[SCHEMA.columns()];
    for (int i = 0; i < SCHEMA.fields().size(); i++) {
      ValueType type = SCHEMA.column(i);
      ColumnBuilder builder = ColumnBuilder.of(type.type());
      for (int row = 0; row < rows; row++) {
        boolean isNull = nulls && type.optional() && random.nextInt(3) == 0;
        Values.append(builder, type.type(), isNull ? null : value(type.type(), random));
      }
      columns[i] = builder.build();
    }
    BytesBuilder rest = new BytesBuilder();
    for (int row = 0; row < rows; row++) {
      rest.add(Json.parse(any(RESTS, random)).binary());
    }
    columns[SCHEMA.rest()] = rest.build();
    return Batch.of(SCHEMA, rows, columns, Provenance.none("t"));
  }

  private static <T> T any(List<T> choices, Random random) {
    return choices.get(random.nextInt(choices.size()));
  }

  private static Object value(DataType type, Random random) {
    if (type instanceof DataType.Decimal decimal) {
      return decimal(decimal, random);
    }
    return switch (((DataType.Simple) type).kind()) {
      case INT ->
          random.nextInt(8) > 0
              ? (Object) (long) (random.nextInt(21) - 10)
              : any(
                  List.of(Long.MAX_VALUE, Long.MIN_VALUE, 1L << 32, 4_611_686_018_427_387_904L),
                  random);
      case DOUBLE ->
          random.nextInt(4) > 0
              ? (Object) ((random.nextInt(81) - 40) / 4.0)
              : any(
                  List.of(Double.NaN, -0.0, 0.0, Double.POSITIVE_INFINITY, 1e300, -1e17, 0.1),
                  random);
      case BOOLEAN -> random.nextBoolean();
      case STRING ->
          any(List.of("", "a", "ab", "A b", " ça ", "é", "😀b", "12", "-7", "aaé\u2003"), random);
      case TIMESTAMP ->
          random.nextInt(6) > 0
              ? (Object) (1_767_225_600_000_000L + random.nextInt() * 1_000_003L)
              : any(List.of(0L, -1L, -62_167_219_200_000_000L, 951_782_399_999_999L), random);
      case BYTES, DATE, DURATION, JSON -> throw new IllegalArgumentException(type.toString());
    };
  }

  private static BigDecimal decimal(DataType.Decimal type, Random random) {
    boolean wide = type.precision() > 19 && random.nextInt(3) == 0;
    BigDecimal number = BigDecimal.valueOf(random.nextInt(2001) - 1000, type.scale());
    return wide ? number.multiply(BigDecimal.TEN.pow(17)).setScale(type.scale()) : number;
  }
}
