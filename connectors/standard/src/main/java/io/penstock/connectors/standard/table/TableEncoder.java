package io.penstock.connectors.standard.table;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.api.data.Schema;
import io.penstock.api.format.Encoder;
import io.penstock.api.sink.Rejects;
import io.penstock.connectors.standard.json.NestedText;
import io.penstock.connectors.standard.value.CellText;
import io.penstock.json.ByteBuilder;
import io.penstock.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes rows as columns of equal width, numbers to the right. Widths come from the rows of a batch
 * and never shrink; the names are written again when the columns change.
 */
final class TableEncoder implements Encoder {
  private static final int WIDEST = 60;
  private static final String GAP = "  ";

  private final Schema schema;
  private List<String> names = List.of();
  private int[] widths = new int[0];
  private boolean[] numbers = new boolean[0];

  TableEncoder(Schema schema) {
    this.schema = schema;
  }

  @Override
  public void open(ByteSink to) {
    names = List.of();
  }

  @Override
  public Rejects write(Batch rows, ByteSink to) throws IOException {
    List<Map<String, String>> table = new ArrayList<>();
    List<String> found = new ArrayList<>(schema.names());
    for (int row = 0; row < rows.size(); row++) {
      table.add(row(rows, row, found));
    }
    StringBuilder text = new StringBuilder();
    boolean fresh = !found.equals(names) && !names.containsAll(found);
    if (fresh) {
      text.append(names.isEmpty() ? "" : "\n");
      names = List.copyOf(found);
      widths = new int[names.size()];
      numbers = numbers();
    }
    measure(table);
    if (fresh) {
      Map<String, String> header = new LinkedHashMap<>();
      names.forEach(name -> header.put(name, name));
      line(header, text);
    }
    table.forEach(row -> line(row, text));
    byte[] utf8 = text.toString().getBytes(StandardCharsets.UTF_8);
    to.write(utf8, 0, utf8.length);
    return Rejects.NONE;
  }

  private boolean[] numbers() {
    boolean[] right = new boolean[names.size()];
    for (int i = 0; i < right.length; i++) {
      int index = i;
      right[i] =
          schema
              .field(names.get(index))
              .map(field -> field.type().type())
              .filter(
                  type ->
                      type.equals(DataType.INT)
                          || type.equals(DataType.DOUBLE)
                          || type instanceof DataType.Decimal)
              .isPresent();
    }
    return right;
  }

  private Map<String, String> row(Batch rows, int row, List<String> found) {
    Map<String, String> cells = new LinkedHashMap<>();
    for (int i = 0; i < schema.fields().size(); i++) {
      DataType type = schema.fields().get(i).type().type();
      cells.put(schema.fields().get(i).name(), cell(rows.column(i), type, row));
    }
    if (schema.open()) {
      Column.Bytes rest = (Column.Bytes) rows.column(schema.rest());
      json(rest, row)
          .members()
          .forEach(
              (name, value) -> {
                cells.putIfAbsent(name, shown(value));
                if (!found.contains(name)) {
                  found.add(name);
                }
              });
    }
    return cells;
  }

  private static Json json(Column.Bytes column, int row) {
    return Json.ofBinary(column.bytes(), column.from(row), column.to(row));
  }

  private static String shown(Json value) {
    return clean(value.isNull() ? "" : value.asText().orElseGet(value::toText));
  }

  private static String cell(Column column, DataType type, int row) {
    if (column.isNull(row)) {
      return "";
    }
    if (type.equals(DataType.DOUBLE)) {
      return Double.toString(((Column.Doubles) column).values()[row]);
    }
    if (type.equals(DataType.JSON)) {
      return shown(json((Column.Bytes) column, row));
    }
    ByteBuilder text = new ByteBuilder(32);
    if (type instanceof DataType.Simple || type instanceof DataType.Decimal) {
      CellText.append(column, type, row, text);
    } else {
      new NestedText(type).append(column, row, text);
    }
    return clean(new String(text.array(), 0, text.length(), StandardCharsets.UTF_8));
  }

  private static String clean(String text) {
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .limit(WIDEST)
        .forEach(c -> shown.appendCodePoint(Character.isISOControl(c) ? ' ' : c));
    if (text.codePointCount(0, text.length()) > WIDEST) {
      shown.setLength(shown.length() - 1);
      shown.append('…');
    }
    return shown.toString();
  }

  private void measure(List<Map<String, String>> table) {
    for (int i = 0; i < widths.length; i++) {
      String name = names.get(i);
      widths[i] = Math.max(widths[i], width(clean(name)));
      for (Map<String, String> row : table) {
        widths[i] = Math.max(widths[i], width(row.getOrDefault(name, "")));
      }
    }
  }

  private static int width(String text) {
    return text.codePointCount(0, text.length());
  }

  private void line(Map<String, String> row, StringBuilder text) {
    int begun = text.length();
    for (int i = 0; i < widths.length; i++) {
      String cell = row.getOrDefault(names.get(i), "");
      String padding = " ".repeat(Math.max(0, widths[i] - width(cell)));
      text.append(i > 0 ? GAP : "");
      text.append(numbers[i] ? padding + cell : cell + padding);
    }
    int end = text.length();
    while (end > begun && text.charAt(end - 1) == ' ') {
      end--;
    }
    text.setLength(end);
    text.append('\n');
  }

  @Override
  public void close(ByteSink to) {}
}
