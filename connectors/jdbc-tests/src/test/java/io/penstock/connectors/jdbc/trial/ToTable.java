package io.penstock.connectors.jdbc.trial;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.zip.CRC32;

/**
 * Files to a table without any rule that would hide a row that comes twice. The judge asks the
 * table alone.
 */
record ToTable(Server server, Path folder, String mode, int rows, String table)
    implements Kills.Trial {
  private static final int FILES = 60;

  @Override
  public Program begin() throws IOException, SQLException {
    server.execute(
        "create table "
            + table
            + " (seq bigint, name text, amount numeric(12,2), checksum bigint)");
    Path input = Files.createDirectories(folder.resolve("rows"));
    for (int file = 0; file < FILES; file++) {
      Path path = input.resolve("rows-%03d.jsonl".formatted(file));
      try (Writer out = Files.newBufferedWriter(path, StandardCharsets.UTF_8)) {
        long to = (long) rows * (file + 1) / FILES;
        for (long seq = (long) rows * file / FILES; seq < to; seq++) {
          out.write(line(seq));
        }
      }
    }
    Program program = new Program(folder);
    program.write(
        """
        sources:
          rows:
            file: rows/*.jsonl
            schema: { seq: int, name: string, amount: 'decimal(12,2)', checksum: int }
        sinks:
          out:
            jdbc: { %s, table: %s, epochs: %s_epochs, timeout: 30s }
        run:
          mode: %s
          %s
        """
            .formatted(
                server.options(),
                table,
                table,
                mode,
                mode.equals("continuous") ? "checkpoint: 50ms" : "batch: { max_rows: 3000 }"));
    return program;
  }

  private static String line(long seq) {
    return "{\"seq\":%d,\"name\":\"n-%d\",\"amount\":%d.%02d,\"checksum\":%d}\n"
        .formatted(seq, seq, seq % 100_000, seq % 100, checksum(seq));
  }

  private static long checksum(long seq) {
    CRC32 crc = new CRC32();
    crc.update(("n-" + seq).getBytes(StandardCharsets.UTF_8));
    return crc.getValue();
  }

  @Override
  public long epoch() throws SQLException {
    String there =
        "select count(*) from information_schema.tables where table_name = '" + table + "_epochs'";
    return number(there) == 0
        ? 0
        : number("select coalesce(max(epoch), 0) from " + table + "_epochs");
  }

  @Override
  public Kills.Verdict verdict() throws SQLException {
    String own = " where seq >= 0 and seq < " + rows;
    long lost = rows - number("select count(distinct seq) from " + table + own);
    long doubled = number("select count(*) - count(distinct seq) from " + table);
    long phantom = number("select count(*) from " + table) - number(
        "select count(*) from " + table + own);
    long right =
        number(
            "select count(*) from "
                + table
                + " where name = concat('n-', seq) and amount ="
                + " (seq % 100000) + (seq % 100) / 100.0 and checksum is not null");
    return new Kills.Verdict(lost, doubled, phantom, number("select count(*) from " + table) - right);
  }

  private long number(String query) throws SQLException {
    return Long.parseLong(server.rows(query).get(0));
  }
}
