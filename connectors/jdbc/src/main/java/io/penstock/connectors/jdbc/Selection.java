package io.penstock.connectors.jdbc;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The statements that read rows in an order. Names are quoted, values never in it.
 *
 * @param from the table or query, as it stands behind FROM
 * @param fields the columns that become fields
 * @param order the columns of the order
 * @param types the types of these, as the dialect writes them
 */
record Selection(
    Dialect dialect, String from, List<String> fields, List<String> order, List<String> types) {
  /**
   * The rows behind a place, up to a value of the first column of the order.
   *
   * @param behind whether there is a place
   * @param most whether there is such a value
   */
  String rows(boolean behind, boolean most) {
    String conditions =
        (behind && firstAgain() ? column(order.get(0)) + " >= " + place(0) + " AND " : "")
            + (behind ? "(" + list(order) + ") > (" + places() + ")" : "")
            + (behind && most ? " AND " : "")
            + (most ? column(order.get(0)) + " <= " + place(0) : "");
    return "SELECT "
        + list(fields)
        + ", "
        + order.stream().map(n -> dialect.text(column(n))).collect(Collectors.joining(", "))
        + " FROM "
        + from
        + " "
        + alias()
        + (conditions.isEmpty() ? "" : " WHERE " + conditions)
        + " ORDER BY "
        + list(order);
  }

  /** The greatest value of the first column of the order, at most so old. */
  String greatest(Optional<String> atMost) {
    String by = column(order.get(0));
    return "SELECT "
        + dialect.text("max(" + by + ")")
        + ", max("
        + by
        + ") FROM "
        + from
        + " "
        + alias()
        + atMost.map(limit -> " WHERE " + by + " <= " + limit).orElse("");
  }

  /** The last row in the order, its columns of the order as texts. */
  String last(boolean most) {
    return "SELECT "
        + order.stream().map(n -> dialect.text(column(n))).collect(Collectors.joining(", "))
        + " FROM "
        + from
        + " "
        + alias()
        + (most ? " WHERE " + column(order.get(0)) + " <= " + place(0) : "")
        + " ORDER BY "
        + order.stream().map(n -> column(n) + " DESC").collect(Collectors.joining(", "));
  }

  /** Whether the first value of a place is given once more, before all of them. */
  boolean firstAgain() {
    return order.size() > 1 && dialect.wantsFirstOfOrder();
  }

  /** How many rows there are. */
  String count() {
    return "SELECT count(*) FROM " + from + " " + alias();
  }

  /**
   * The key, as a text, of the row so many rows behind a place.
   *
   * @param behind whether there is a place, or it is the beginning
   */
  String key(boolean behind, long rows) {
    String by = column(order.get(0));
    return "SELECT "
        + dialect.text(by)
        + " FROM "
        + from
        + " "
        + alias()
        + (behind ? " WHERE " + by + " > " + place(0) : "")
        + " ORDER BY "
        + by
        + " LIMIT 1 OFFSET "
        + (rows - 1);
  }

  private String list(List<String> names) {
    return names.stream().map(this::column).collect(Collectors.joining(", "));
  }

  // With the name of what is read: alone it may also mean a column of the answer.
  private String column(String name) {
    return alias() + "." + dialect.quoted(name);
  }

  private String alias() {
    return dialect.quoted("penstock_rows");
  }

  private String places() {
    StringBuilder places = new StringBuilder();
    for (int i = 0; i < order.size(); i++) {
      places.append(i > 0 ? ", " : "").append(place(i));
    }
    return places.toString();
  }

  private String place(int index) {
    return dialect.value(types.get(index));
  }
}
