package io.penstock.connectors.jdbc.trial;

import io.penstock.connectors.jdbc.trial.Program.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The reference pipeline of the same name, run once and at once on a server that is there. */
final class NightlyExport {
  private final Postgres server;
  private final Path folder;

  NightlyExport(Postgres server, Path folder) {
    this.server = server;
    this.folder = folder;
  }

  /** Makes so many orders, a tenth of them cancelled. */
  void fill(int orders) throws SQLException {
    server.execute(
        """
        create table orders (order_id bigint primary key, customer text not null, country text not null,
          amount numeric(12,2) not null, status text not null, placed_at timestamptz not null, details jsonb)
        """);
    server.execute(
        """
        insert into orders select n, 'customer ' || n, case n %% 2 when 0 then 'FR' else 'DE' end, n * 1.01,
          case n %% 10 when 0 then 'cancelled' else 'paid' end, '2026-01-01 10:00:00+00', '{"gift": true}'
        from generate_series(1, %d) n
        """
            .formatted(orders));
  }

  /** Runs it. */
  void run() throws IOException, InterruptedException {
    Path source = Path.of(System.getProperty("penstock.root", "../.."), "pipelines/nightly-export");
    String pipeline = Files.readString(source.resolve("pipeline.yaml"));
    int schedule = pipeline.indexOf("  schedule:");
    Program program = new Program(folder);
    // The same but for the hour, which nobody waits for here, and what says where the server is.
    program.write(
        pipeline
            .substring(0, schedule)
            .replace("${SHOP_HOST:-localhost}", "127.0.0.1")
            .replace("${SHOP_PORT:-5432}", Integer.toString(server.port()))
            .replace("${SHOP_DATABASE:-shop}", "postgres")
            .replace("${SHOP_USER:-reader}", "owner")
            .replace("${SHOP_PASSWORD:-}", "${NOT_SET:-right}")
            .replace("{slot:yyyy-MM-dd}", "today"));
    Outcome outcome = program.run("--state", "state");
    if (outcome.code() != 0) {
      throw new IOException("the export ended with " + outcome.code() + ": " + outcome.text());
    }
  }

  /**
   * What DuckDB finds in the files of the export.
   *
   * @param asked what to select of {@code export}
   */
  List<List<String>> found(String asked) throws SQLException {
    String query =
        "with export as (select * from '"
            + folder.resolve("out/today/part-*.parquet")
            + "') select "
            + asked;
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("set TimeZone = 'UTC'");
      List<List<String>> rows = new ArrayList<>();
      try (ResultSet results = statement.executeQuery(query)) {
        while (results.next()) {
          List<String> row = new ArrayList<>();
          for (int i = 1; i <= results.getMetaData().getColumnCount(); i++) {
            row.add(String.valueOf(results.getString(i)));
          }
          rows.add(row);
        }
      }
      return rows;
    }
  }

  /** The folder to work in, and how many orders there are to be. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createDirectories(Path.of(arguments[0]).toAbsolutePath());
    int orders = Integer.parseInt(arguments[1]);
    Path data = Files.createTempDirectory("penstock-postgres");
    try (Postgres server = Postgres.in(data)) {
      NightlyExport export = new NightlyExport(server, folder);
      export.fill(orders);
      long begun = System.nanoTime();
      export.run();
      double seconds = (System.nanoTime() - begun) / 1e9;
      System.out.printf(
          "%d orders, an export in %.1f s, in %s; DuckDB finds rows, amounts in all, days: %s%n",
          orders,
          seconds,
          folder.resolve("out"),
          export.found("count(*), sum(amount), min(day), max(day) from export").get(0));
    } finally {
      KillCommand.remove(data);
    }
  }
}
