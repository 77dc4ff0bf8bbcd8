package io.penstock.connectors.kafka.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.connectors.kafka.trial.Program.Outcome;
import io.penstock.testkit.network.Certificates;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whom a pipeline believes, and how it says who it is, with real brokers. */
final class KafkaTrustTest {
  private static final String SCRAM = "org.apache.kafka.common.security.scram.ScramLoginModule";

  @TempDir static Path data;
  private static Certificates keys;
  private static Tokens tokens;
  private static Broker broker;

  @TempDir Path folder;

  @BeforeAll
  static void starts() throws Exception {
    keys = new Certificates(data);
    keys.authority("old-ca");
    keys.make("good", "dns:localhost");
    keys.signed("old", "old-ca", "dns:localhost", "-startdate", "-10d", "-validity", "2");
    keys.make("other", "dns:other.example");
    tokens = new Tokens(data);
    Broker.Listener scram =
        new Broker.Listener(
            "SCRAM",
            "SASL_PLAINTEXT",
            OptionalInt.empty(),
            List.of(
                "sasl.enabled.mechanisms=SCRAM-SHA-256,SCRAM-SHA-512",
                "scram-sha-256.sasl.jaas.config=" + SCRAM + " required;",
                "scram-sha-512.sasl.jaas.config=" + SCRAM + " required;"));
    broker =
        Broker.in(
            data,
            List.of(
                Broker.Listener.tls("good", keys),
                Broker.Listener.tls("old", keys),
                Broker.Listener.tls("other", keys),
                scram,
                tokens.listener()));
    Topic.make(broker, "open", 1).numbers(0, 3);
    Topic.user(broker, "reader", "right");
  }

  @AfterAll
  static void ends() {
    broker.close();
    tokens.close();
  }

  private static String source(String name, String listener, String options) {
    return """
          %s:
            kafka: { brokers: "localhost:%d", topic: open, timeout: 8s, %s, format: json }
            schema: { id: int }
        """
        .formatted(name, broker.port(listener), options);
  }

  private String tls(String ca) {
    return "tls: { ca: \"" + keys.certificate(ca) + "\" }";
  }

  private Program program(String... sources) throws IOException {
    StringBuilder sinks = new StringBuilder("sinks:\n");
    for (String source : sources) {
      String name = source.strip().replaceFirst("(?s):.*", "");
      sinks.append(
          "  %1$s_out: { from: %1$s, file: { path: %1$s/, format: json } }\n".formatted(name));
    }
    Program program = new Program(folder);
    program.write("sources:\n" + String.join("", sources) + sinks + "run: { mode: micro_batch }\n");
    return program;
  }

  private static void assertSays(Outcome outcome, String... texts) {
    for (String text : texts) {
      assertTrue(outcome.text().contains(text), outcome::text);
    }
  }

  @Test
  void eachReasonNotToTrustABrokerIsTold() throws Exception {
    Program program =
        program(
            source("old", "OLD", tls("old-ca")),
            source("other", "OTHER", tls("other")),
            source("nobody", "GOOD", "tls: {}"),
            source("wrong", "GOOD", tls("old")),
            source("good", "GOOD", tls("good")),
            source("loose", "OTHER", "tls: { verify: none, min_version: tls_1_3 }"));

    Outcome outcome = program.ended(program.command("validate", "pipeline.yaml", "--connect"));

    assertEquals(2, outcome.code(), outcome::text);
    assertSays(
        outcome,
        ":2:3  R224  topic `open` cannot be read",
        "NotAfter",
        ":5:3  R224  topic `open` cannot be read",
        "No subject alternative DNS name matching localhost found",
        ":8:3  R224  topic `open` cannot be read",
        "unable to find valid certification path",
        ":11:3  R224  topic `open` cannot be read",
        "W104",
        "4 errors, 1 warning");
  }

  @Test
  void recordsComeByATlsThatIsTrustedAndByOneThatIsNotLookedAt() throws Exception {
    Program program =
        program(
            source("good", "GOOD", tls("good")),
            source("loose", "OTHER", "tls: { verify: none, min_version: tls_1_3 }"),
            source(
                "named",
                "OTHER",
                tls("other").replace("tls: {", "tls: { server_name: other.example,")));

    Outcome outcome = program.run();

    assertEquals(0, outcome.code(), outcome::text);
    assertEquals(3, program.lines("good").size());
    assertEquals(3, program.lines("named").size());
    assertEquals(3, program.lines("loose").size());
  }

  @Test
  void filesThatHoldNoCertificateAreNamed() throws Exception {
    Outcome outcome = program(source("bad", "GOOD", "tls: { ca: pipeline.yaml }")).run();

    assertEquals(6, outcome.code(), outcome::text);
    assertSays(outcome, "`pipeline.yaml` holds no certificate");
    assertFalse(outcome.text().contains("\tat "), outcome::text);
  }

  @Test
  void aUserProvesAPasswordWithoutTellingIt() throws Exception {
    String auth = "auth: { user: reader, password: right, mechanism: %s }";
    Program program =
        program(
            source("short", "SCRAM", auth.formatted("scram_sha_256")),
            source("long", "SCRAM", auth.formatted("scram_sha_512")));

    Outcome outcome = program.run();

    assertEquals(0, outcome.code(), outcome::text);
    assertEquals(3, program.lines("short").size());
    assertEquals(3, program.lines("long").size());

    Program wrong =
        program(source("wrong", "SCRAM", "auth: { user: reader, password: not-right }"));
    Outcome refused = wrong.ended(wrong.command("validate", "pipeline.yaml", "--connect"));
    assertEquals(2, refused.code(), refused::text);
    assertSays(refused, "R225", "the user `reader`");
    assertFalse(refused.text().contains("not-right"), refused::text);
  }

  @Test
  void aTokenOfAnotherServerSaysWhoAsks() throws Exception {
    String auth =
        "auth: { oauth: { token_url: \"%s\", client_id: penstock, client_secret: %s, scope: topics } }";
    Program program = program(source("known", "TOKENS", auth.formatted(tokens.url(), "right")));

    Outcome outcome = program.run();

    assertEquals(0, outcome.code(), outcome::text);
    assertEquals(3, program.lines("known").size());
    assertTrue(tokens.asked().contains("grant_type=client_credentials"), tokens::asked);
    assertTrue(tokens.asked().contains("scope=topics"), tokens::asked);

    Program wrong = program(source("wrong", "TOKENS", auth.formatted(tokens.url(), "not-right")));
    Outcome refused = wrong.ended(wrong.command("validate", "pipeline.yaml", "--connect"));
    assertEquals(2, refused.code(), refused::text);
    assertSays(refused, "R225", "the client `penstock` gets no token");
    assertFalse(refused.text().contains("not-right"), refused::text);
  }
}
