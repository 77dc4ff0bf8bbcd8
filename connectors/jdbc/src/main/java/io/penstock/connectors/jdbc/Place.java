package io.penstock.connectors.jdbc;

import io.penstock.api.source.Position;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where reading stands: behind the row with this key.
 *
 * @param offset how many rows were read, or the value of the column that grows
 * @param key the values of the order as texts; empty at the beginning
 * @param to the last key of the range that is read, as a text; empty for no end
 */
record Place(long offset, List<String> key, Optional<String> to) {
  private static final String TO = "to";

  Place {
    key = List.copyOf(key);
  }

  /** The place of a position. */
  static Place of(Position position) {
    List<String> key = new ArrayList<>();
    for (int i = 0; position.evidence().containsKey(name(i)); i++) {
      key.add(position.evidence().getOrDefault(name(i), ""));
    }
    return new Place(position.offset(), key, Optional.ofNullable(position.evidence().get(TO)));
  }

  /**
   * Behind the row at hand.
   *
   * @param index of the first column of the order in the answer, from 1
   */
  Place behind(long newOffset, ResultSet row, int index, int columns) throws SQLException {
    List<String> last = new ArrayList<>();
    for (int i = 0; i < columns; i++) {
      String value = row.getString(index + i);
      if (value == null) {
        throw new SQLException("a value of the key is null", "22004");
      }
      last.add(value);
    }
    return new Place(newOffset, last, to);
  }

  /** As checkpoints keep it. */
  Position position() {
    TreeMap<String, String> evidence = new TreeMap<>();
    for (int i = 0; i < key.size(); i++) {
      evidence.put(name(i), key.get(i));
    }
    to.ifPresent(last -> evidence.put(TO, last));
    return new Position(offset, evidence);
  }

  private static String name(int index) {
    return "key" + index;
  }
}
