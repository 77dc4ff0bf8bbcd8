package io.penstock.core.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.penstock.api.data.Column;
import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.DataType;
import io.penstock.api.data.ValueType;
import io.penstock.core.expression.Values;
import io.penstock.json.ByteBuilder;
import io.penstock.json.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The order of bytes against that of rows. */
class OrderEncoderTest {
  private static final DataType DECIMAL = new DataType.Decimal(38, 1);
  private static final DataType LIST = new DataType.ListOf(ValueType.optional(DataType.STRING));

  static List<DataType> types() {
    return List.of(
        DataType.INT,
        DataType.DOUBLE,
        DataType.BOOLEAN,
        DECIMAL,
        DataType.STRING,
        DataType.BYTES,
        DataType.JSON,
        LIST);
  }

  @ParameterizedTest
  @MethodSource("types")
  void bytesAreOrderedAsRowsAre(DataType type) {
    Random random = new Random(9);
    for (int how = 0; how < 4; how++) {
      int size = 120;
      List<RowOrder.Key> keys = new ArrayList<>();
      for (DataType each : List.of(type, DataType.INT)) {
        ColumnBuilder builder = ColumnBuilder.of(each);
        for (int i = 0; i < size; i++) {
          Values.append(builder, each, value(each, random));
        }
        Column column = builder.build();
        keys.add(new RowOrder.Key(each, column, how % 2 == 1, how > 1));
      }
      RowOrder order = new RowOrder(keys);
      byte[][] encoded = new byte[size][];
      OrderEncoder encoder = new OrderEncoder();
      for (int i = 0; i < size; i++) {
        ByteBuilder bytes = new ByteBuilder(16);
        encoder.row(keys, i, bytes);
        encoded[i] = bytes.toArray();
      }
      for (int a = 0; a < size; a++) {
        for (int b = 0; b < size; b++) {
          assertEquals(
              Integer.signum(order.compare(a, b)),
              Integer.signum(Arrays.compareUnsigned(encoded[a], encoded[b])),
              type + " rows " + a + " and " + b);
        }
      }
    }
  }

  private static @Nullable Object value(DataType type, Random random) {
    int drawn = random.nextInt(12);
    if (drawn == 0) {
      return null;
    }
    if (type.equals(DataType.INT)) {
      return drawn == 1 ? Long.MIN_VALUE : drawn == 2 ? Long.MAX_VALUE : drawn - 6L;
    }
    if (type.equals(DataType.DOUBLE)) {
      double[] odd = {Double.NaN, -0.0, 0.0, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY};
      return drawn <= odd.length ? odd[drawn - 1] : (drawn - 8) * 1.5;
    }
    if (type.equals(DataType.BOOLEAN)) {
      return drawn % 2 == 0;
    }
    if (type.equals(DECIMAL)) {
      BigDecimal value = BigDecimal.valueOf(drawn - 6L, 1);
      return drawn % 3 == 0 ? value.multiply(BigDecimal.TEN.pow(25)) : value;
    }
    String text =
        "a\u0000".substring(drawn % 3 == 0 ? 1 : 0).repeat(drawn % 4) + "\u00ff".repeat(drawn / 9);
    if (type.equals(DataType.BYTES)) {
      return text.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    }
    if (type.equals(DataType.JSON)) {
      return drawn % 2 == 0 ? Json.ofNumber(drawn) : Json.ofText(text);
    }
    return type.equals(DataType.STRING) ? text : List.of(text, "x".repeat(drawn % 3));
  }
}
