package io.penstock.dsl.launcher.trial;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads CSV with a header as rows of text: a second opinion, independent of the product's reader.
 */
final class CsvRows {
  private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");

  private CsvRows() {}

  /** All cells are text. */
  static JsonRows read(Path file) throws IOException {
    return read(file, false);
  }

  /** Cells that are written as numbers are numbers. */
  static JsonRows readNumbers(Path file) throws IOException {
    return read(file, true);
  }

  private static JsonRows read(Path file, boolean numbers) throws IOException {
    List<List<String>> records = records(Files.readString(file));
    List<JsonNode> rows = new ArrayList<>();
    List<String> header = records.get(0);
    for (List<String> cells : records.subList(1, records.size())) {
      ObjectNode row = JsonNodeFactory.instance.objectNode();
      for (int i = 0; i < header.size(); i++) {
        String cell = cells.get(i);
        if (numbers && NUMBER.matcher(cell).matches()) {
          row.put(header.get(i), new BigDecimal(cell));
        } else {
          row.put(header.get(i), cell);
        }
      }
      rows.add(row);
    }
    return new JsonRows(rows);
  }

  private static List<List<String>> records(String text) {
    List<List<String>> records = new ArrayList<>();
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean doubled = quoted && c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"';
      if (doubled) {
        cell.append('"');
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (quoted || (c != ',' && c != '\n' && c != '\r')) {
        cell.append(c);
      } else if (c != '\r') {
        cells.add(cell.toString());
        cell.setLength(0);
        if (c == '\n') {
          records.add(cells);
          cells = new ArrayList<>();
        }
      }
    }
    return records;
  }
}
