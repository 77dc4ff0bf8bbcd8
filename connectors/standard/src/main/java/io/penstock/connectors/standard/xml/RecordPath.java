package io.penstock.connectors.standard.xml;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Where records are: the names of the elements from the root on, the record's own last.
 *
 * @param names at least one, each a name of XML
 */
record RecordPath(List<String> names) {
  RecordPath {
    names = List.copyOf(names);
  }

  static RecordPath of(String text) {
    return new RecordPath(List.of(text.split("/", -1)));
  }

  /** The elements around records, from the root on. */
  List<String> parents() {
    return names.subList(0, names.size() - 1);
  }

  /** The record's own name. */
  String last() {
    return names.get(names.size() - 1);
  }

  /** The names as UTF-8. */
  List<byte[]> bytes() {
    List<byte[]> bytes = new ArrayList<>();
    names.forEach(name -> bytes.add(name.getBytes(StandardCharsets.UTF_8)));
    return bytes;
  }

  @Override
  public String toString() {
    return String.join("/", names);
  }
}
