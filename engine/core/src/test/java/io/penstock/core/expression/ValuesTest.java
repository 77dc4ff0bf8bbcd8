package io.penstock.core.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.data.Column;
import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import io.penstock.api.data.ValueType;
import io.penstock.json.Json;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ValuesTest {
  private static final DataType WIDE = new DataType.Decimal(38, 2);

  @Test
  void ordersDoublesTotally() {
    assertEquals(0, Values.compare(DataType.DOUBLE, -0.0, 0.0));
    assertEquals(0, Values.compare(DataType.DOUBLE, Double.NaN, Double.NaN));
    assertTrue(Values.compare(DataType.DOUBLE, Double.NaN, Double.POSITIVE_INFINITY) > 0);
    assertTrue(Values.equal(DataType.DOUBLE, -0.0, 0.0));
    assertEquals(Values.hash(DataType.DOUBLE, -0.0), Values.hash(DataType.DOUBLE, 0.0));
    assertTrue(Values.compare(DataType.DOUBLE, null, Double.NEGATIVE_INFINITY) < 0);
  }

  @Test
  void ordersTextByCodePoints() {
    assertTrue(Values.compare(DataType.STRING, "\uff5e", "😀") < 0);
    assertTrue(Values.compare(DataType.STRING, "a", "ab") < 0);
    assertEquals(0, Values.compare(DataType.STRING, "😀", "😀"));
  }

  @Test
  void takesDecimalsByValue() {
    assertTrue(Values.equal(WIDE, new BigDecimal("1.50"), new BigDecimal("1.5")));
    assertEquals(
        Values.hash(WIDE, new BigDecimal("1.50")), Values.hash(WIDE, new BigDecimal("1.5")));
  }

  @Test
  void takesMapsRegardlessOfOrder() {
    DataType type = new DataType.MapOf(ValueType.required(DataType.INT));
    Map<String, Long> one = new java.util.LinkedHashMap<>();
    one.put("a", 1L);
    one.put("b", 2L);
    Map<String, Long> other = new java.util.LinkedHashMap<>();
    other.put("b", 2L);
    other.put("a", 1L);

    assertTrue(Values.equal(type, one, other));
    assertEquals(Values.hash(type, one), Values.hash(type, other));
    assertEquals(0, Values.compare(type, one, other));
    assertFalse(Values.equal(type, one, Map.of("a", 1L)));
  }

  @Test
  void goesIntoColumnsAndComesOutAgain() {
    roundTrip(DataType.INT, 5L, null, Long.MIN_VALUE);
    roundTrip(DataType.DOUBLE, 0.5, Double.NaN, null);
    roundTrip(DataType.STRING, "", "é😀", null);
    roundTrip(DataType.BOOLEAN, true, null, false);
    roundTrip(
        WIDE,
        new BigDecimal("-123456789012345678901234567890.12"),
        new BigDecimal("0.01"),
        new BigDecimal("-0.01"),
        new BigDecimal("184467440737095516.16"),
        null);
    roundTrip(DataType.JSON, Json.parse("{\"a\":[1,null]}"), null, Json.parse("1"));
    roundTrip(
        new DataType.ListOf(ValueType.optional(DataType.INT)),
        Arrays.asList(1L, null),
        List.of(),
        null);
    roundTrip(
        new DataType.MapOf(ValueType.required(DataType.STRING)), Map.of("k", "v"), null, Map.of());
    roundTrip(
        new DataType.RecordOf(
            Schema.of(
                Field.of("a", DataType.INT),
                Field.optional("l", new DataType.ListOf(ValueType.required(DataType.STRING))))),
        new Object[] {1L, List.of("x")},
        null,
        new Object[] {2L, null});
  }

  private static void roundTrip(DataType type, @Nullable Object... values) {
    ColumnBuilder builder = ColumnBuilder.of(type);
    for (Object value : values) {
      Values.append(builder, type, value);
    }
    Column column = builder.build();
    for (int i = 0; i < values.length; i++) {
      Object got = Values.get(column, type, i);
      assertTrue(Values.equal(type, values[i], got), type + " row " + i + " gives " + got);
    }
  }

  @Test
  void bringsSchemasTogether() {
    Schema one = Schema.of(Field.of("a", DataType.INT), Field.of("b", DataType.STRING));
    Schema other = Schema.of(Field.of("a", DataType.DOUBLE), Field.of("c", DataType.JSON));

    assertEquals(
        "{ a: double, b: optional string, c: optional json }",
        SchemaTypes.union(List.of(one, other)).orElseThrow().toString());
    assertEquals(
        Optional.of("b"),
        SchemaTypes.conflict(List.of(one, Schema.of(Field.of("b", DataType.INT)))));
    assertEquals(
        "{ b: json, a: optional int }",
        SchemaTypes.union(List.of(Schema.of(Field.of("b", DataType.JSON)), one))
            .orElseThrow()
            .toString());
  }
}
