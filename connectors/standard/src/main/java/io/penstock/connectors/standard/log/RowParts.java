package io.penstock.connectors.standard.log;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.api.data.Schema;
import io.penstock.api.problem.ProblemCode;
import io.penstock.connectors.standard.value.CellText;
import io.penstock.json.ByteBuilder;
import io.penstock.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes rows apart for formats that write texts. Nulls are left out. Single-threaded. */
final class RowParts {
  private final Schema schema;
  private final ByteBuilder text = new ByteBuilder(64);

  RowParts(Schema schema) {
    this.schema = schema;
  }

  /** The fields of a row, and the members of its rest. */
  Part.Group of(Batch rows, int row) {
    Map<String, Part> parts = new LinkedHashMap<>();
    for (int i = 0; i < schema.fields().size(); i++) {
      String name = schema.fields().get(i).name();
      part(rows.column(i), schema.fields().get(i).type().type(), row)
          .ifPresent(part -> parts.put(name, part));
    }
    if (schema.open()) {
      Column.Bytes rest = (Column.Bytes) rows.column(schema.rest());
      Json json = Json.ofBinary(rest.bytes(), rest.from(row), rest.to(row));
      json(json)
          .filter(Part.Group.class::isInstance)
          .ifPresent(group -> parts.putAll(((Part.Group) group).parts()));
    }
    return new Part.Group(parts);
  }

  private Optional<Part> part(Column column, DataType type, int row) {
    if (column.isNull(row)) {
      return Optional.empty();
    }
    if (type.equals(DataType.JSON)) {
      Column.Bytes values = (Column.Bytes) column;
      return json(Json.ofBinary(values.bytes(), values.from(row), values.to(row)));
    }
    if (type.equals(DataType.TIMESTAMP)) {
      long micros = ((Column.Longs) column).values()[row];
      return Optional.of(new Part.Time(io.penstock.api.data.Times.timestamp(micros), () -> micros));
    }
    if (type instanceof DataType.ListOf list) {
      return many((Column.Lists) column, list.element().type(), row);
    }
    if (type instanceof DataType.MapOf map) {
      return Optional.of(group((Column.Maps) column, map.value().type(), row));
    }
    if (type instanceof DataType.RecordOf record) {
      return Optional.of(group((Column.Records) column, record.schema(), row));
    }
    text.truncate(0);
    if (!CellText.append(column, type, row, text)) {
      throw new BadRecord(ProblemCode.D301, "a number is NaN or infinite, which has no text");
    }
    return Optional.of(
        new Part.Text(new String(text.array(), 0, text.length(), StandardCharsets.UTF_8), false));
  }

  private Optional<Part> many(Column.Lists lists, DataType element, int row) {
    List<Part> parts = new ArrayList<>();
    for (int i = lists.offsets()[row]; i < lists.offsets()[row + 1]; i++) {
      part(lists.elements(), element, i).ifPresent(parts::add);
    }
    return parts.isEmpty() ? Optional.empty() : Optional.of(new Part.Many(parts));
  }

  private Part.Group group(Column.Maps maps, DataType value, int row) {
    Map<String, Part> parts = new LinkedHashMap<>();
    for (int i = maps.offsets()[row]; i < maps.offsets()[row + 1]; i++) {
      String key = maps.keys().text(i);
      part(maps.values(), value, i).ifPresent(part -> parts.put(key, part));
    }
    return new Part.Group(parts);
  }

  private Part.Group group(Column.Records records, Schema fields, int row) {
    Map<String, Part> parts = new LinkedHashMap<>();
    for (int i = 0; i < fields.fields().size(); i++) {
      String name = fields.fields().get(i).name();
      part(records.fields()[i], fields.fields().get(i).type().type(), row)
          .ifPresent(part -> parts.put(name, part));
    }
    return new Part.Group(parts);
  }

  private static Optional<Part> json(Json json) {
    return switch (json.kind()) {
      case NULL -> Optional.empty();
      case TEXT -> Optional.of(new Part.Text(json.asText().orElseThrow(), false));
      case BOOLEAN, NUMBER -> Optional.of(new Part.Text(json.toText(), false));
      case LIST -> {
        List<Part> parts = new ArrayList<>();
        json.elements().forEach(element -> json(element).ifPresent(parts::add));
        yield parts.isEmpty() ? Optional.empty() : Optional.of(new Part.Many(parts));
      }
      case OBJECT -> {
        Map<String, Part> parts = new LinkedHashMap<>();
        json.members()
            .forEach((name, value) -> json(value).ifPresent(part -> parts.put(name, part)));
        yield Optional.of(new Part.Group(parts));
      }
    };
  }
}
