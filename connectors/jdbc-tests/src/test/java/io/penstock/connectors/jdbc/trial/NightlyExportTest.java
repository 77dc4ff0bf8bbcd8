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

      List<String> lines = export.run();

      assertEquals(900, lines.size());
      assertEquals(
          "{\"order_id\":1,\"customer\":\"CUSTOMER 1\",\"country\":\"DE\",\"amount\":1.01,"
              + "\"day\":\"2026-01-01\",\"gift\":true}",
          lines.get(0));
    }
  }
}
