package io.penstock.connectors.jdbc.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reference pipeline exports a table of a server. */
final class NightlyExportTest {
  @TempDir Path data;
  @TempDir Path folder;

  @Test
  void exportsTheTable() throws Exception {
    try (Postgres server = Postgres.in(data)) {
      NightlyExport export = new NightlyExport(server, folder);
      export.fill(1000);

      export.run();

      assertEquals(
          List.of(List.of("900", "900", "454500.00")),
          export.found("count(*), count(distinct order_id), sum(amount) from export"));
      assertEquals(
          List.of(
              List.of(
                  "1",
                  "CUSTOMER 1",
                  "DE",
                  "1.01",
                  "2026-01-01T10:00Z",
                  "2026-01-01",
                  "true",
                  "DECIMAL(12,2)")),
          export.found("*, typeof(amount) from export where order_id = 1"));
    }
  }
}
