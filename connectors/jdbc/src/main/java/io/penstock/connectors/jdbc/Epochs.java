package io.penstock.connectors.jdbc;

import io.penstock.api.problem.ProblemCode;
import io.penstock.api.sink.Rejects;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The table that says, for each run and sink, which epoch the database holds, who has written it,
 * and which of its rows were refused. Its row changes in the transaction that writes the epoch's
 * rows, so it is never ahead of them nor behind.
 *
 * @param run the run's name
 * @param sink the sink's step
 */
record Epochs(TableName table, Dialect dialect, String run, String sink) {
  /** What the row says. */
  record Row(long epoch, String writer, Rejects rejects) {}

  /** Makes the table if it is not there. */
  void make(Connection connection) throws SQLException {
    if (new Tables(connection, dialect).find(table).isPresent()) {
      connection.commit();
      return;
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE IF NOT EXISTS "
              + table.quoted(dialect)
              + " ("
              + quoted("run")
              + " "
              + dialect.nameType(250)
              + " NOT NULL, "
              + quoted("sink")
              + " "
              + dialect.nameType(250)
              + " NOT NULL, "
              + quoted("epoch")
              + " bigint NOT NULL, "
              + quoted("writer")
              + " varchar(100) NOT NULL, "
              + quoted("rejects")
              + " "
              + dialect.textType()
              + " NOT NULL, PRIMARY KEY ("
              + quoted("run")
              + ", "
              + quoted("sink")
              + "))"
              + dialect.tableOptions());
      connection.commit();
    } catch (SQLException wrong) {
      connection.rollback();
      // Another run may have made it at the same moment.
      if (new Tables(connection, dialect).find(table).isEmpty()) {
        throw wrong;
      }
      connection.commit();
    }
  }

  private String quoted(String name) {
    return dialect.quoted(name);
  }

  private String mine() {
    return " WHERE " + quoted("run") + " = ? AND " + quoted("sink") + " = ?";
  }

  /** Makes the run's row if it is not there, with epoch 0. */
  void begin(Connection connection) throws SQLException {
    if (read(connection).isPresent()) {
      return;
    }
    String text =
        "INSERT INTO "
            + table.quoted(dialect)
            + " ("
            + quoted("run")
            + ", "
            + quoted("sink")
            + ", "
            + quoted("epoch")
            + ", "
            + quoted("writer")
            + ", "
            + quoted("rejects")
            + ") VALUES (?, ?, 0, '', '')";
    try (PreparedStatement insert = connection.prepareStatement(text)) {
      insert.setString(1, run);
      insert.setString(2, sink);
      insert.executeUpdate();
      connection.commit();
    } catch (SQLException wrong) {
      connection.rollback();
      if (SqlState.of(wrong) != SqlState.ROW) {
        throw wrong;
      }
    }
  }

  /** What the row says; empty where there is none. */
  Optional<Row> read(Connection connection) throws SQLException {
    String text =
        "SELECT "
            + quoted("epoch")
            + ", "
            + quoted("writer")
            + ", "
            + quoted("rejects")
            + " FROM "
            + table.quoted(dialect)
            + mine();
    try (PreparedStatement select = connection.prepareStatement(text)) {
      select.setString(1, run);
      select.setString(2, sink);
      try (ResultSet rows = select.executeQuery()) {
        return rows.next()
            ? Optional.of(new Row(rows.getLong(1), rows.getString(2), rejects(rows.getString(3))))
            : Optional.empty();
      }
    }
  }

  /** A name that no other process has, to tell who has written. */
  String token(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT " + dialect.token())) {
      if (!rows.next()) {
        throw new SQLException("the database gives no token");
      }
      return rows.getString(1);
    }
  }

  /**
   * Says that the epoch is written now, if the row is still as it is known; else nothing. Others
   * that want the row wait from here on until the transaction has ended.
   *
   * @return whether it was
   */
  boolean advance(Connection connection, Row known, long epoch, String writer) throws SQLException {
    String text =
        "UPDATE "
            + table.quoted(dialect)
            + " SET "
            + quoted("epoch")
            + " = ?, "
            + quoted("writer")
            + " = ?, "
            + quoted("rejects")
            + " = ''"
            + mine()
            + " AND "
            + quoted("epoch")
            + " = ? AND "
            + quoted("writer")
            + " = ?";
    try (PreparedStatement update = connection.prepareStatement(text)) {
      update.setLong(1, epoch);
      update.setString(2, writer);
      update.setString(3, run);
      update.setString(4, sink);
      update.setLong(5, known.epoch());
      update.setString(6, known.writer());
      return update.executeUpdate() == 1;
    }
  }

  /** Remembers which rows were refused, to say the same when the epoch is delivered again. */
  void refuse(Connection connection, Rejects rejects) throws SQLException {
    if (rejects.rows().isEmpty()) {
      return;
    }
    String text = "UPDATE " + table.quoted(dialect) + " SET " + quoted("rejects") + " = ?" + mine();
    try (PreparedStatement update = connection.prepareStatement(text)) {
      update.setString(1, text(rejects));
      update.setString(2, run);
      update.setString(3, sink);
      update.executeUpdate();
    }
  }

  private static String text(Rejects rejects) {
    StringBuilder lines = new StringBuilder();
    for (Rejects.Reject reject : rejects.rows()) {
      lines.append(reject.row()).append(' ').append(reject.code()).append(' ');
      lines.append(reject.message().replace('\n', ' ').replace('\0', ' ')).append('\n');
    }
    return lines.toString();
  }

  private static Rejects rejects(String text) {
    List<Rejects.Reject> rejects = new ArrayList<>();
    for (String line : text.lines().toList()) {
      String[] parts = line.split(" ", 3);
      rejects.add(
          new Rejects.Reject(Integer.parseInt(parts[0]), ProblemCode.valueOf(parts[1]), parts[2]));
    }
    return new Rejects(rejects);
  }
}
