package io.penstock.connectors.jdbc;

import io.penstock.api.data.DataType;
import io.penstock.api.lookup.Answers;
import io.penstock.api.lookup.Lookup;
import io.penstock.api.lookup.LookupContext;
import io.penstock.api.lookup.LookupKeys;
import io.penstock.api.lookup.Trouble;
import io.penstock.api.problem.ProblemCode;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks a database for one key after the other by one connection, in a transaction that only reads.
 * What may pass is tried again; once that has gone on for too long without any answer, each key
 * that is left is asked for once.
 */
final class JdbcLookup implements Lookup {
  private static final String DOING = "the query cannot be asked";

  /** Values that say what they are, so that the database need not guess. */
  private static final TableColumn PLACE =
      new TableColumn("", "TIMESTAMP WITH TIME ZONE", 0, 0, true, false, false);

  private final JdbcLookupConfig config;
  private final NamedQuery query;
  private @Nullable LookupContext run;
  private @Nullable Server server;
  private @Nullable Pool pool;
  private @Nullable AnswerColumns columns;
  private @Nullable Connection connection;

  JdbcLookup(JdbcLookupConfig config) {
    this.config = config;
    this.query = config.named();
  }

  @Override
  public void open(LookupContext context) throws IOException {
    run = context;
    Server way = config.server(context.limits().timeout());
    server = way;
    try {
      Pool opened = Pool.of(context.step(), way, 1, context.disk(), context.files());
      pool = opened;
      try (Connection first = opened.first()) {
        first.setReadOnly(true);
        columns = AnswerColumns.of(first, query, context.answer(), way.dialect(), failure());
        first.rollback();
      }
    } catch (SQLException wrong) {
      throw failure().of(DOING, wrong);
    }
  }

  private Failure failure() {
    return new Failure(opened(run).step(), opened(server), ProblemCode.R210);
  }

  private static <T> T opened(@Nullable T part) {
    if (part == null) {
      throw new IllegalStateException("not open");
    }
    return part;
  }

  @Override
  public void ask(LookupKeys keys, Answers into) throws IOException {
    List<CellValue> cells = new ArrayList<>();
    for (DataType type : keys.types()) {
      cells.add(CellValue.of(type, PLACE));
    }
    Trouble trouble = new Trouble(config.retries(), opened(run));
    try {
      for (int key = 0; key < keys.size(); key++) {
        if (!isSettled(key, keys, cells, into, trouble)) {
          return;
        }
      }
    } finally {
      letGo();
    }
  }

  /** Asks until something was said; false where nobody wants to know any more. */
  private boolean isSettled(
      int key, LookupKeys keys, List<CellValue> cells, Answers into, Trouble trouble)
      throws IOException {
    for (int tries = 1; !opened(run).isAbandoned(); tries++) {
      try {
        one(key, keys, cells, into);
        trouble.over();
        return true;
      } catch (SQLException wrong) {
        drop();
        into.forget();
        SqlState about = SqlState.of(wrong);
        String why = DOING + ": " + SqlState.told(wrong).getMessage();
        if (about == SqlState.ROW) {
          into.failed(key, ProblemCode.D223, why);
          return true;
        }
        if (!about.mayPass()) {
          throw failure().of(DOING, wrong);
        }
        if (trouble.isSpent(tries)) {
          String times = tries > 1 ? ", the last of " + tries + " times" : "";
          into.failed(key, ProblemCode.D223, why + times);
          return true;
        }
        trouble.pause(tries);
      }
    }
    return false;
  }

  private void one(int key, LookupKeys keys, List<CellValue> cells, Answers into)
      throws SQLException {
    Connection by = connection();
    try (PreparedStatement select = by.prepareStatement(query.text())) {
      select.setQueryTimeout(opened(server).seconds());
      select.setMaxRows(2);
      for (int i = 0; i < query.names().size(); i++) {
        int part = config.names().indexOf(query.names().get(i));
        cells.get(part).set(select, i + 1, keys.parts().get(part), key);
      }
      try (ResultSet rows = select.executeQuery()) {
        if (rows.next()) {
          opened(columns).take(key, rows, into);
        } else {
          into.missing(key);
        }
      }
    }
  }

  private Connection connection() throws SQLException {
    Connection held = connection;
    if (held != null) {
      return held;
    }
    Connection made = opened(pool).connection();
    made.setReadOnly(true);
    connection = made;
    return made;
  }

  /** Ends the transaction, so that the next rows see what is there then. */
  private void letGo() {
    Connection held = connection;
    connection = null;
    if (held != null) {
      try {
        held.rollback();
        held.close();
      } catch (SQLException broken) {
        opened(pool).drop(held);
      }
    }
  }

  private void drop() {
    Connection held = connection;
    connection = null;
    if (held != null) {
      opened(pool).drop(held);
    }
  }

  @Override
  public void close() {
    Pool opened = pool;
    pool = null;
    if (opened != null) {
      opened.close();
    }
  }
}
