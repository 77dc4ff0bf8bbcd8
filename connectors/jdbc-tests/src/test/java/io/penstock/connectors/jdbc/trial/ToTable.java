package io.penstock.connectors.jdbc.trial;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;

/**
 * Files to a table without any rule that would hide a row that comes twice. The judge asks the
 * table alone.
 */
record ToTable(Server server, Path folder, String mode, int rows, String table)
    implements Kills.Trial {
  private static final int FILES = 60;

  @Override
  public Program begin() throws IOException, SQLException {
    new Judge(server, table).make();
    Path input = Files.createDirectories(folder.resolve("rows"));
    for (int file = 0; file < FILES; file++) {
      Path path = input.resolve("rows-%03d.jsonl".formatted(file));
      try (Writer out = Files.newBufferedWriter(path, StandardCharsets.UTF_8)) {
        long to = (long) rows * (file + 1) / FILES;
        for (long seq = (long) rows * file / FILES; seq < to; seq++) {
          out.write(Judge.line(seq) + "\n");
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

  @Override
  public long epoch() throws SQLException {
    return new Judge(server, table).epoch();
  }

  @Override
  public Kills.Verdict verdict() throws SQLException {
    return new Judge(server, table).verdict(rows);
  }
}
