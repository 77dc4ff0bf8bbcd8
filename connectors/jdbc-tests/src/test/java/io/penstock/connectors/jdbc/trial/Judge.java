package io.penstock.connectors.jdbc.trial;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.zip.CRC32;

/**
 * A table without any rule that would hide a row that comes twice, and what is wrong with it by
 * plain SQL.
 */
record Judge(Server server, String table) {
  /** Makes the table. */
  void make() throws SQLException {
    server.execute(
        "create table "
            + table
            + " (seq bigint, name text, amount numeric(12,2), checksum bigint)");
  }

  /** A row of the input, as JSON. */
  static String line(long seq) {
    return "{\"seq\":%d,\"name\":\"n-%d\",\"amount\":%d.%02d,\"checksum\":%d}"
        .formatted(seq, seq, seq % 100_000, seq % 100, checksum(seq));
  }

  private static long checksum(long seq) {
    CRC32 crc = new CRC32();
    crc.update(("n-" + seq).getBytes(StandardCharsets.UTF_8));
    return crc.getValue();
  }

  /** The last epoch that the database has. */
  long epoch() throws SQLException {
    String there =
        "select count(*) from information_schema.tables where table_name = '" + table + "_epochs'";
    return number(there) == 0
        ? 0
        : number("select coalesce(max(epoch), 0) from " + table + "_epochs");
  }

  /** How many different rows are there. */
  long different() throws SQLException {
    return number("select count(distinct seq) from " + table);
  }

  /** What is wrong, where so many rows were given. */
  Kills.Verdict verdict(long rows) throws SQLException {
    String from = " from " + table;
    String own = from + " where seq >= 0 and seq < " + rows;
    long all = number("select count(*)" + from);
    long right =
        number(
            "select count(*)"
                + from
                + " where name = concat('n-', seq) and amount ="
                + " (seq % 100000) + (seq % 100) / 100.0 and checksum is not null");
    return new Kills.Verdict(
        rows - number("select count(distinct seq)" + own),
        all - different(),
        all - number("select count(*)" + own),
        all - right);
  }

  private long number(String query) throws SQLException {
    return Long.parseLong(server.rows(query).get(0));
  }
}
