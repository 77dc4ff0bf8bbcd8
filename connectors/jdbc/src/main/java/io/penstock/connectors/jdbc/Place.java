package io.penstock.connectors.jdbc;

import io.penstock.api.source.Position;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Where reading stands: behind the row with this key.
 *
 * @param offset how many rows were read, or the value of the column that grows
 * @param key the values of the order as texts; empty at the beginning
 */
record Place(long offset, List<String> key) {
  Place {
    key = List.copyOf(key);
  }

  /** The place of a position. */
  static Place of(Position position) {
    List<String> key = new ArrayList<>();
    for (int i = 0; position.evidence().containsKey(name(i)); i++) {
      key.add(position.evidence().getOrDefault(name(i), ""));
    }
    return new Place(position.offset(), key);
  }

  /**
   * Behind the row at hand.
   *
   * @param index of the first column of the order in the answer, from 1
   */
  static Place of(long offset, ResultSet row, int index, int columns) throws SQLException {
    List<String> key = new ArrayList<>();
    for (int i = 0; i < columns; i++) {
      String value = row.getString(index + i);
      if (value == null) {
        throw new SQLException("a value of the key is null", "22004");
      }
      key.add(value);
    }
    return new Place(offset, key);
  }

  /** As checkpoints keep it. */
  Position position() {
    TreeMap<String, String> evidence = new TreeMap<>();
    for (int i = 0; i < key.size(); i++) {
      evidence.put(name(i), key.get(i));
    }
    return new Position(offset, evidence);
  }

  private static String name(int index) {
    return "key" + index;
  }
}
