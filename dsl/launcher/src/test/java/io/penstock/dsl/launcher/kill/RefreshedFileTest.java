package io.penstock.dsl.launcher.kill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes whose table is a file that others write, break and take away meanwhile. */
final class RefreshedFileTest {
  private static final String PIPELINE =
      """
      tables:
        names:
          file: names.csv
          schema: { id: int, name: string }
          key: id
          refresh: 1s
          stale_after: 3s
      sources:
        ticks:
          generator: { rate: 50/s, fields: { id: n % 1 } }
      transforms:
        named:
          lookup: { table: names, on: { id: id } }
      sinks:
        out:
          console: json
      run: { checkpoint: 200ms }
      """;

  @TempDir Path folder;

  @Test
  void rowsFindWhatTheFileHoldsAndItsOldRowsWhereItCannotBeRead() throws Exception {
    Files.writeString(folder.resolve("pipeline.yaml"), PIPELINE);
    try (Session session = Session.plain(folder)) {
      session.does("named() { printf 'id,name\\n0,%s\\n' $1 >next.csv && mv next.csv names.csv; }");
      session.does("named first");
      session.starts("run pipeline.yaml --state state");
      assertEquals("{\"id\":0,\"name\":\"first\"}", session.line("first"));
      session.does("named second");
      assertEquals("{\"id\":0,\"name\":\"second\"}", session.line("second"));

      session.does("printf 'id,name\\n0,broken\\n0,broken\\n' >next.csv && mv next.csv names.csv");
      String degraded = session.line("DEGRADED");
      session.does("named third");
      assertEquals("{\"id\":0,\"name\":\"third\"}", session.line("third"));
      session.does("rm names.csv");
      String ended = session.line("R214");

      assertEquals(6, session.exit(), session::toString);
      assertTrue(
          degraded.contains("could not be read again (R211 the key `0` stands in"), degraded);
      assertTrue(
          ended.startsWith("pipeline.yaml:7:18  R214  the rows of the table `names`"), ended);
      assertTrue(ended.contains("there is no file `names.csv`"), ended);
      assertFalse(session.toString().contains("broken"), session::toString);
      session.starts("state show state");
      assertTrue(session.line("read at 20").contains("1 rows"), session::toString);
    }
  }
}
