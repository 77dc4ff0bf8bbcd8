package io.penstock.connectors.jdbc;

import io.penstock.api.source.Position;
import io.penstock.api.source.Split;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Cuts a table into ranges of its key with the same number of rows, each a split. A range lies
 * behind its beginning, and reaches to its end and with it; the first has no beginning and the last
 * no end, so that a row that comes meanwhile belongs to one of them too. Where a range lies stands
 * in its positions, so that a later run cuts nothing anew.
 */
final class Ranges {
  private Ranges() {}

  /** The splits with their beginnings, at most so many. */
  static Map<Split, Position> cut(Connection connection, Selection selection, int most)
      throws SQLException {
    Map<Split, Position> ranges = new LinkedHashMap<>();
    long count = count(connection, selection);
    long each = Math.max(1, (count + most - 1) / most);
    Optional<String> from = Optional.empty();
    for (int i = 1; i <= most; i++) {
      // Nobody asks for the end of the last one.
      Optional<String> to = i == most ? Optional.empty() : key(connection, selection, from, each);
      Place begin = new Place(0, from.map(List::of).orElse(List.of()), to);
      ranges.put(new Split("range-" + i), begin.position());
      if (to.isEmpty()) {
        break;
      }
      from = to;
    }
    return ranges;
  }

  private static long count(Connection connection, Selection selection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(selection.count())) {
      return rows.next() ? rows.getLong(1) : 0;
    }
  }

  private static Optional<String> key(
      Connection connection, Selection selection, Optional<String> from, long rows)
      throws SQLException {
    String text = selection.key(from.isPresent(), rows);
    try (PreparedStatement select = connection.prepareStatement(text)) {
      if (from.isPresent()) {
        select.setString(1, from.get());
      }
      try (ResultSet found = select.executeQuery()) {
        return found.next() ? Optional.ofNullable(found.getString(1)) : Optional.empty();
      }
    }
  }
}
