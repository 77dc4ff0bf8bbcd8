package io.penstock.connectors.jdbc.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.testkit.network.Certificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server is believed only with a certificate that is valid, of its name, and of a known hand. */
final class JdbcTlsTest {
  @TempDir static Path data;
  @TempDir static Path made;
  private static Postgres server;
  private static Certificates certificates;

  @TempDir Path folder;

  @BeforeAll
  static void starts() throws Exception {
    server = Postgres.in(data);
    server.execute("create table good (id int primary key)");
    certificates = new Certificates(made);
    certificates.authority("authority");
  }

  @AfterAll
  static void ends() {
    server.close();
  }

  private Program.Outcome validate(String tls) throws Exception {
    Files.copy(certificates.certificate("authority"), folder.resolve("ca.pem"));
    Program program = new Program(folder);
    program.write(
        """
        sources:
          rows: { file: rows.jsonl, schema: { id: int } }
        sinks:
          out:
            jdbc: { %s, tls: %s, table: good }
        """
            .formatted(server.options(), tls));
    Files.writeString(folder.resolve("rows.jsonl"), "");
    return program.ended(program.command("validate", "pipeline.yaml", "--connect"));
  }

  private static void present(String name) throws IOException {
    server.secure(certificates.certificate(name), certificates.key(name));
  }

  private static void assertRefused(String reason, Program.Outcome outcome) {
    assertEquals(2, outcome.code(), outcome::text);
    assertTrue(outcome.text().contains("R324"), outcome::text);
    assertTrue(outcome.text().contains(reason), outcome::text);
    assertFalse(outcome.text().contains("SEVERE"), outcome::text);
  }

  @Test
  void aCertificateThatAnAuthorityHasSignedIsBelieved() throws Exception {
    certificates.signed("right", "authority", "ip:127.0.0.1");
    present("right");

    Program.Outcome outcome = validate("{ ca: ca.pem }");

    assertEquals(0, outcome.code(), outcome::text);
    assertTrue(
        server.rows("select count(*) > 0 from pg_stat_ssl").equals(List.of("t")), "no server");
  }

  @Test
  void aCertificateThatIsOutOfDateIsRefused() throws Exception {
    certificates.signed("old", "authority", "ip:127.0.0.1", "-startdate", "-10d", "-validity", "1");
    present("old");

    assertRefused("its certificate has expired", validate("{ ca: ca.pem }"));
  }

  @Test
  void aCertificateOfAnotherHostIsRefused() throws Exception {
    certificates.signed("other", "authority", "dns:other.example");
    present("other");

    assertRefused("its certificate is of another host", validate("{ ca: ca.pem }"));
    Files.delete(folder.resolve("ca.pem"));
    Program.Outcome named = validate("{ ca: ca.pem, server_name: other.example }");
    assertEquals(0, named.code(), named::text);
  }

  @Test
  void aCertificateThatSignsItselfIsRefusedUnlessNothingIsAsked() throws Exception {
    certificates.make("self", "ip:127.0.0.1");
    present("self");

    assertRefused("signed by nobody who is trusted here", validate("{}"));
    Files.delete(folder.resolve("ca.pem"));
    Program.Outcome unasked = validate("{ verify: none }");
    assertEquals(0, unasked.code(), unasked::text);
    assertTrue(unasked.text().contains("lets anybody answer"), unasked::text);
  }
}
