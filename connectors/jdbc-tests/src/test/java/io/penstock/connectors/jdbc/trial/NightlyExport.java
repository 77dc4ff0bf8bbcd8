package io.penstock.connectors.jdbc.trial;

import io.penstock.connectors.jdbc.trial.Program.Outcome;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

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

  /** Runs it, and gives the lines that it has written, in their order. */
  List<String> run() throws IOException, InterruptedException {
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
    return lines();
  }

  private List<String> lines() throws IOException {
    List<String> lines = new ArrayList<>();
    try (Stream<Path> parts = Files.list(folder.resolve("out/today"))) {
      for (Path part :
          parts
              .filter(p -> p.getFileName().toString().startsWith("part-"))
              .sorted(Comparator.comparing(Path::toString))
              .toList()) {
        try (BufferedReader in =
            new BufferedReader(
                new InputStreamReader(
                    new GZIPInputStream(Files.newInputStream(part)), StandardCharsets.UTF_8))) {
          lines.addAll(in.lines().toList());
        }
      }
    }
    return lines;
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
      List<String> lines = export.run();
      System.out.printf(
          "%d orders, %d lines in %s, %.1f s%n",
          orders, lines.size(), folder.resolve("out"), (System.nanoTime() - begun) / 1e9);
    } finally {
      KillCommand.remove(data);
    }
  }
}
