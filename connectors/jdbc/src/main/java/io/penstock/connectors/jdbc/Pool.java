package io.penstock.connectors.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.penstock.api.system.Disk;
import io.penstock.api.system.Files;
import io.penstock.api.system.Probe;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Connections to one database. Who asks for one waits until there is one, as long as an answer may
 * take; the pool tries again by itself meanwhile. Transactions are begun and ended by who uses the
 * connection.
 */
final class Pool implements AutoCloseable {
  private final String url;
  private final Properties settings;
  private final HikariDataSource connections;
  // A logger that nobody keeps forgets its level. What this one says is told as a problem.
  private final Logger silenced;

  private Pool(String url, Properties settings, HikariDataSource connections) {
    this.url = url;
    this.settings = settings;
    this.connections = connections;
    this.silenced = Logger.getLogger("org.postgresql");
    silenced.setLevel(Level.OFF);
  }

  /**
   * A pool of at most so many connections. Nothing is opened yet.
   *
   * @param step who uses it
   */
  static Pool of(String step, Server server, int most, Disk disk, Files files)
      throws IOException, SQLException {
    return of(step, server, most, server.dialect().url(server.address(), files), disk, files);
  }

  /** One connection to a database that is only looked at. */
  static Pool looking(Server server, Probe probe) throws IOException, SQLException {
    String url =
        server.dialect().url(server.address(), probe.files()) + server.dialect().lookingOnly();
    return of(probe.step(), server, 1, url, probe.disk(), probe.files());
  }

  private static Pool of(String step, Server server, int most, String url, Disk disk, Files files)
      throws IOException, SQLException {
    Dialect dialect = server.dialect();
    Properties settings = dialect.settings(server, disk, files);
    server
        .auth()
        .ifPresent(
            who -> {
              who.login().user().ifPresent(user -> settings.put("user", user));
              who.login().password().ifPresent(password -> settings.put("password", password));
            });
    HikariConfig config = new HikariConfig();
    config.setPoolName("penstock-" + step);
    try {
      config.setDriverClassName(dialect.driver());
    } catch (RuntimeException missing) {
      throw new SQLException("there is no driver `" + dialect.driver() + "`", "08001", missing);
    }
    config.setJdbcUrl(url);
    config.setDataSourceProperties(settings);
    config.setMaximumPoolSize(most);
    config.setMinimumIdle(0);
    config.setAutoCommit(false);
    config.setConnectionTimeout(Math.max(1000, server.timeout().toMillis()));
    config.setValidationTimeout(Math.max(250, Math.min(5000, server.timeout().toMillis())));
    // The first connection is asked for like the others, and its failure told like theirs.
    config.setInitializationFailTimeout(-1);
    return new Pool(url, settings, new HikariDataSource(config));
  }

  /**
   * The first connection. Why there is none is said at once, a wrong password or host, say; but a
   * server that is about to be there is waited for.
   */
  Connection first() throws SQLException {
    try {
      Connection connection = DriverManager.getConnection(url, settings);
      connection.setAutoCommit(false);
      return connection;
    } catch (SQLException wrong) {
      if (SqlState.isBeginning(wrong)) {
        return connection();
      }
      throw wrong;
    }
  }

  /** A connection; to be closed by who asked. */
  Connection connection() throws SQLException {
    return connections.getConnection();
  }

  /** Lets go of a connection that may be broken. */
  void drop(Connection connection) {
    connections.evictConnection(connection);
    try {
      // At once: what the server may still be sending is not waited for.
      connection.abort(Runnable::run);
      connection.close();
    } catch (SQLException gone) {
      // It is gone, as it should be.
    }
  }

  @Override
  public void close() {
    connections.close();
  }
}
