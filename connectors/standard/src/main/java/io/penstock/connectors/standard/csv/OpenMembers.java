package io.penstock.connectors.standard.csv;

import io.penstock.api.data.Column;
import io.penstock.json.ByteBuilder;
import io.penstock.json.Json;
import io.penstock.json.JsonBinary;
import io.penstock.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Writes the members of records without a schema as cells, in the order of the first record. */
final class OpenMembers {
  private final CellQuotes quotes;
  private final List<byte[]> names = new ArrayList<>();
  private final byte delimiter;
  private String complaint = "";

  OpenMembers(CellQuotes quotes, byte delimiter) {
    this.delimiter = delimiter;
    this.quotes = quotes;
  }

  void clear() {
    names.clear();
  }

  /** Takes the names of this record. */
  void learn(Column.Bytes rest, int row) {
    byte[] bytes = rest.bytes();
    int object = rest.from(row);
    if (JsonBinary.kind(bytes, object) != Json.Kind.OBJECT) {
      return;
    }
    int end = JsonBinary.end(bytes, object);
    int name = JsonBinary.firstName(bytes, object);
    while (name != JsonBinary.NONE) {
      int value = JsonBinary.valueOf(bytes, name);
      names.add(Arrays.copyOfRange(bytes, JsonBinary.nameFrom(bytes, name), value));
      name = JsonBinary.nextName(bytes, value, end);
    }
  }

  List<String> names() {
    return names.stream().map(name -> new String(name, StandardCharsets.UTF_8)).toList();
  }

  /** Appends the cells; false where the record has a member that the first one has not. */
  boolean write(Column.Bytes rest, int row, boolean first, ByteBuilder to) {
    byte[] bytes = rest.bytes();
    int object = rest.from(row);
    if (JsonBinary.kind(bytes, object) != Json.Kind.OBJECT) {
      complaint = "a record that is no object has no cells";
      return false;
    }
    int found = 0;
    for (int i = 0; i < names.size(); i++) {
      if (i > 0 || !first) {
        to.append(delimiter);
      }
      int value = JsonBinary.member(bytes, object, names.get(i));
      if (value != JsonBinary.NONE) {
        found++;
        value(bytes, value, to);
      }
    }
    if (found < JsonBinary.size(bytes, object)) {
      complaint =
          "the record has a field that the first record, and so the header, has not; end with a `select`";
      return false;
    }
    return true;
  }

  /** Appends a json value as a cell: texts without quotes, null as nothing. */
  void value(byte[] bytes, int at, ByteBuilder to) {
    int begun = to.length();
    switch (JsonBinary.kind(bytes, at)) {
      case NULL -> {
        return;
      }
      case TEXT -> {
        int from = JsonBinary.chunk(bytes, at);
        int end = JsonBinary.end(bytes, at);
        quotes.safe(to, bytes, from, end);
        to.append(bytes, from, end - from);
      }
      case BOOLEAN, NUMBER, LIST, OBJECT -> JsonText.append(bytes, at, to);
    }
    quotes.close(to, begun, false);
  }

  /** Why the last record was refused. */
  String complaint() {
    return complaint;
  }
}
