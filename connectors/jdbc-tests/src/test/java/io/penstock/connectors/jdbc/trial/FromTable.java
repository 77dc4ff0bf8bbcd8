package io.penstock.connectors.jdbc.trial;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A table to parts of files. The judge reads the files alone. */
record FromTable(Server server, Path folder, int rows, String table, int ranges)
    implements Kills.Trial {
  private static final Pattern LINE = Pattern.compile("\\{\"seq\":(\\d+),\"name\":\"n-(\\d+)\"\\}");

  @Override
  public Program begin() throws IOException, SQLException {
    server.execute(
        "create table " + table + " (seq bigint primary key, name varchar(40) not null)");
    server.execute(
        "insert into "
            + table
            + " select n, concat('n-', n) from "
            + server.numbers(rows)
            + " order by n % 1009, n");
    Program program = new Program(Files.createDirectories(folder));
    program.write(
        """
        sources:
          rows:
            jdbc: { %s, table: %s, key: seq%s, timeout: 30s }
            schema: { seq: int, name: string }
        sinks:
          out:
            file: { path: out/, format: json }
        run:
          mode: micro_batch
          batch: { max_rows: 5000 }
        """
            .formatted(server.options(), table, ranges > 1 ? ", ranges: " + ranges : ""));
    return program;
  }

  @Override
  public long epoch() throws IOException {
    Path manifests = folder.resolve("out/_manifest");
    if (!Files.exists(manifests)) {
      return 0;
    }
    try (Stream<Path> all = Files.list(manifests)) {
      return all.count();
    }
  }

  @Override
  public Kills.Verdict verdict() throws IOException {
    int[] seen = new int[rows];
    long phantom = 0;
    long corrupt = 0;
    for (String line : new Program(folder).lines("out")) {
      Matcher row = LINE.matcher(line);
      if (!row.matches() || !row.group(1).equals(row.group(2))) {
        corrupt++;
      } else if (Long.parseLong(row.group(1)) >= rows) {
        phantom++;
      } else {
        seen[Integer.parseInt(row.group(1))]++;
      }
    }
    long lost = 0;
    long doubled = 0;
    for (int count : seen) {
      lost += count == 0 ? 1 : 0;
      doubled += Math.max(0, count - 1);
    }
    return new Kills.Verdict(lost, doubled, phantom, corrupt);
  }
}
