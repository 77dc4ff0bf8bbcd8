package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.api.data.Schema;
import io.penstock.json.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A row as json, whatever it holds: NaN and the infinities as text, bytes in base64. */
public final class RowJson {
  private RowJson() {}

  /** A row; the names of an open row's rest stand beside its fields. */
  public static Json of(Batch rows, int row) {
    return Json.object(members(rows.schema(), rows.columns(), row));
  }

  private static Map<String, Json> members(Schema schema, Column[] columns, int row) {
    Map<String, Json> members = new LinkedHashMap<>();
    for (int i = 0; i < schema.fields().size(); i++) {
      members.put(schema.fields().get(i).name(), value(schema.column(i).type(), columns[i], row));
    }
    if (schema.open()) {
      Json rest = value(DataType.JSON, columns[schema.rest()], row);
      if (rest.kind() == Json.Kind.OBJECT) {
        rest.members().forEach(members::putIfAbsent);
      } else if (members.isEmpty()) {
        members.put("value", rest);
      }
    }
    return members;
  }

  /** A value. */
  public static Json value(DataType type, Column column, int row) {
    if (column.isNull(row)) {
      return Json.ofNull();
    }
    if (column instanceof Column.Longs longs) {
      return number(type, longs.values()[row]);
    }
    if (column instanceof Column.Doubles doubles) {
      double value = doubles.values()[row];
      return Double.isFinite(value) ? Json.ofNumber(value) : Json.ofText(Double.toString(value));
    }
    if (column instanceof Column.Booleans booleans) {
      return Json.of(booleans.values()[row]);
    }
    if (column instanceof Column.Bytes bytes) {
      return bytes(type, bytes, row);
    }
    if (column instanceof Column.Decimals decimals && type instanceof DataType.Decimal decimal) {
      return Json.ofNumber(decimal(decimals, decimal.scale(), row));
    }
    return nested(type, column, row);
  }

  private static BigDecimal decimal(Column.Decimals column, int scale, int row) {
    BigInteger low = new BigInteger(Long.toUnsignedString(column.low()[row]));
    BigInteger high = BigInteger.valueOf(Columns.high(column, row)).shiftLeft(64);
    return new BigDecimal(high.add(low), scale);
  }

  private static Json number(DataType type, long value) {
    if (type.equals(DataType.TIMESTAMP)) {
      return Json.ofText(Instant.EPOCH.plus(value, ChronoUnit.MICROS).toString());
    }
    if (type.equals(DataType.DATE)) {
      return Json.ofText(LocalDate.ofEpochDay(value).toString());
    }
    if (type.equals(DataType.DURATION)) {
      return Json.ofText(Duration.of(value, ChronoUnit.MICROS).toString());
    }
    return Json.ofNumber(value);
  }

  private static Json bytes(DataType type, Column.Bytes column, int row) {
    int from = column.from(row);
    int to = column.to(row);
    if (type.equals(DataType.JSON)) {
      return Json.ofBinary(column.bytes(), from, to);
    }
    if (type.equals(DataType.BYTES)) {
      byte[] value = java.util.Arrays.copyOfRange(column.bytes(), from, to);
      return Json.ofText(Base64.getEncoder().encodeToString(value));
    }
    return Json.ofText(column.text(row));
  }

  private static Json nested(DataType type, Column column, int row) {
    if (column instanceof Column.Lists lists && type instanceof DataType.ListOf list) {
      List<Json> elements = new ArrayList<>();
      for (int i = lists.offsets()[row]; i < lists.offsets()[row + 1]; i++) {
        elements.add(value(list.element().type(), lists.elements(), i));
      }
      return Json.list(elements);
    }
    if (column instanceof Column.Maps maps && type instanceof DataType.MapOf map) {
      Map<String, Json> members = new LinkedHashMap<>();
      for (int i = maps.offsets()[row]; i < maps.offsets()[row + 1]; i++) {
        members.put(maps.keys().text(i), value(map.value().type(), maps.values(), i));
      }
      return Json.object(members);
    }
    if (column instanceof Column.Records records && type instanceof DataType.RecordOf record) {
      return Json.object(members(record.schema(), records.fields(), row));
    }
    throw new IllegalStateException(type + " in " + column.getClass());
  }
}
