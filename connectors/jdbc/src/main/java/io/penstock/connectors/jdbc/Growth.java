package io.penstock.connectors.jdbc;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.LongsBuilder;
import io.penstock.api.data.Times;
import io.penstock.api.system.Clock;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Finds up to which value a column that grows may be read: no transaction under way can bring a
 * lesser one any more. A transaction that has such a value to bring holds a lock on the table since
 * before the value was made; so the greatest value that is seen counts once all have ended that
 * held one when it was seen. Where a database does not tell who writes, a number counts once it has
 * been seen for as long as transactions are said to last. Used by one thread.
 */
final class Growth {
  private final Selection selection;
  private final Field field;
  private final String type;
  private final Optional<String> limit;
  private final Optional<String> writers;
  private OptionalLong seen = OptionalLong.empty();
  private Set<String> waitsFor = Set.of();
  private final Optional<Duration> age;
  private final Clock clock;
  private OptionalLong seenNanos = OptionalLong.empty();

  /**
   * Of the first column of the order.
   *
   * @param field the column's field
   * @param table what is read, where it is a table
   */
  Growth(
      Selection selection,
      Field field,
      Increment increment,
      Optional<TableName> table,
      Clock clock) {
    this.clock = clock;
    this.selection = selection;
    this.field = field;
    this.type = selection.types().get(0);
    Dialect dialect = selection.dialect();
    this.limit =
        field.type().type().equals(DataType.INT)
            ? Optional.empty()
            : Optional.of(dialect.earlier(increment.behind()));
    this.writers = table.flatMap(dialect::writers);
    boolean unknown = limit.isEmpty() && table.isPresent() && writers.isEmpty();
    this.age = unknown && !dialect.isAlone() ? Optional.of(increment.behind()) : Optional.empty();
  }

  /** The greatest value that may be read now; empty where there is none, or none yet. */
  OptionalLong settled(Connection connection) throws SQLException {
    return age.isPresent() ? aged(connection, age.get()) : ended(connection);
  }

  // Where nobody tells who writes, a number counts once it has been there for a while.
  private OptionalLong aged(Connection connection, Duration least) throws SQLException {
    if (seenNanos.isEmpty()) {
      seen = greatest(connection);
      connection.rollback();
      seenNanos = seen.isEmpty() ? OptionalLong.empty() : OptionalLong.of(clock.nanos());
    }
    if (seenNanos.isEmpty() || clock.nanos() - seenNanos.getAsLong() < least.toNanos()) {
      return OptionalLong.empty();
    }
    seenNanos = OptionalLong.empty();
    return seen;
  }

  private OptionalLong ended(Connection connection) throws SQLException {
    if (waitsFor.isEmpty()) {
      seen = greatest(connection);
      connection.rollback();
      waitsFor = seen.isEmpty() ? Set.of() : underWay(connection);
      connection.rollback();
      return waitsFor.isEmpty() ? seen : OptionalLong.empty();
    }
    Set<String> left = new HashSet<>(underWay(connection));
    connection.rollback();
    left.retainAll(waitsFor);
    waitsFor = left;
    return left.isEmpty() ? seen : OptionalLong.empty();
  }

  /** The greatest value that is seen now, settled or not. */
  OptionalLong greatest(Connection connection) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(selection.greatest(limit));
        ResultSet rows = select.executeQuery()) {
      if (!rows.next() || rows.getString(1) == null) {
        return OptionalLong.empty();
      }
      return OptionalLong.of(number(rows, 2));
    }
  }

  private long number(ResultSet rows, int index) throws SQLException {
    FieldValue value = new FieldValue(field, index, type, selection.dialect());
    try {
      value.take(rows, new LongsBuilder());
    } catch (FieldValue.Unfit wrong) {
      throw new SQLException(wrong.getMessage(), "22000");
    }
    return value.number();
  }

  /** Whether others must end first. */
  boolean waits() {
    return !waitsFor.isEmpty() || seenNanos.isPresent();
  }

  private Set<String> underWay(Connection connection) throws SQLException {
    Set<String> all = new HashSet<>();
    if (writers.isEmpty()) {
      return all;
    }
    try (Statement select = connection.createStatement();
        ResultSet rows = select.executeQuery(writers.get())) {
      while (rows.next()) {
        all.add(rows.getString(1));
      }
    }
    return all;
  }

  /** A value as a text that the database reads. */
  String text(long value) {
    DataType grows = field.type().type();
    if (grows.equals(DataType.INT)) {
      return Long.toString(value);
    }
    if (grows.equals(DataType.DATE)) {
      return Times.date(value);
    }
    String time = Times.timestamp(value);
    return selection.dialect().isZoned(type) ? time : time.substring(0, time.length() - 1);
  }
}
