package io.penstock.connectors.kafka.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.connectors.kafka.trial.Program.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code validate --connect} tells each cause by a code of its own, all in one run. */
final class KafkaConnectTest {
  @TempDir static Path data;
  private static Broker broker;

  @TempDir Path folder;

  @BeforeAll
  static void starts() throws Exception {
    broker = Broker.in(data);
    Topic unused = Topic.make(broker, "open", 1);
    Topic.make(broker, "closed", 1).onlyFor("writer");
  }

  @AfterAll
  static void ends() {
    broker.close();
  }

  private static String source(String name, String options) {
    return "  %s:\n    kafka: { %s, format: json }\n    schema: { id: int }\n"
        .formatted(name, options);
  }

  private static String sink(String name) {
    return "  %1$s_out: { from: %1$s, file: %1$s.jsonl }\n".formatted(name);
  }

  private Outcome validate(String... sources) throws IOException, InterruptedException {
    StringBuilder text = new StringBuilder("sources:\n");
    StringBuilder sinks = new StringBuilder("sinks:\n");
    for (int i = 0; i < sources.length; i += 2) {
      text.append(source(sources[i], sources[i + 1]));
      sinks.append(sink(sources[i]));
    }
    Program program = new Program(folder);
    program.write(text.append(sinks).toString());
    return program.ended(program.command("validate", "pipeline.yaml", "--connect"));
  }

  private static void assertSays(Outcome outcome, String text) {
    assertTrue(outcome.text().contains(text), outcome::text);
  }

  @Test
  void whatCanBeReadIsNoProblem() throws Exception {
    Outcome outcome =
        validate(
            "named",
            "brokers: \"%s\", topic: open".formatted(broker.address()),
            "known",
            """
            brokers: "%s", topic: { pattern: "op.*" }, auth: { user: reader, password: right, mechanism: plain }"""
                .formatted(broker.guardedAddress()));
    assertEquals(0, outcome.code(), outcome::text);
  }

  @Test
  void eachCauseIsTold() throws Exception {
    try (ServerSocket mute = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      gone.close();
      String guarded = "brokers: \"" + broker.guardedAddress() + "\", auth: ";
      Outcome outcome =
          validate(
              "nowhere", "brokers: \"no-such-host.invalid:9092\", topic: open",
              "refused", "brokers: \"127.0.0.1:" + gone.getLocalPort() + "\", topic: open",
              "silent", "brokers: \"127.0.0.1:" + mute.getLocalPort() + "\", topic: open",
              "wrong",
                  guarded + "{ user: reader, password: not-right, mechanism: plain }, topic: open",
              "closed",
                  guarded
                      + "{ user: reader, password: right, mechanism: plain }, topic: [open, closed]",
              "missing", "brokers: \"" + broker.address() + "\", topic: [open, none, nor_this]");

      assertEquals(2, outcome.code(), outcome::text);
      assertSays(outcome, ":2:3  R221  nobody knows the host of the broker `no-such-host.invalid");
      assertSays(outcome, ":5:3  R222  nothing listens at the broker `127.0.0.1:");
      assertSays(outcome, ":8:3  R223  topic `open` cannot be read: the brokers at");
      assertSays(outcome, ":11:3  R225  topic `open` cannot be read: the brokers at");
      assertSays(outcome, ":14:3  R226  topic `closed` cannot be read: the user `reader`");
      assertSays(outcome, ":17:3  R227  topic `none` cannot be read: there is no such topic");
      assertSays(outcome, ":17:3  R227  topic `nor_this` cannot be read: there is no such topic");
      assertFalse(outcome.text().contains("not-right"), outcome::text);
    }
  }

  @Test
  void brokersThatAreNoAddressesAreToldWithoutAskingAnybody() throws Exception {
    Outcome outcome =
        validate(
            "letters", "brokers: \"localhost:abc\", topic: open",
            "nobody", "brokers: [\":9092\", \"localhost\"], topic: open",
            "great", "brokers: \"localhost:70000\", topic: open",
            "url", "brokers: \"http://localhost:9092/\", topic: open");

    assertEquals(2, outcome.code(), outcome::text);
    for (String wrong :
        List.of(
            "localhost:abc", ":9092", "localhost", "localhost:70000", "http://localhost:9092/")) {
      assertSays(outcome, "not `" + wrong + "`");
    }
    assertSays(outcome, "5 errors");
  }

  @Test
  void sinksAreLookedAtToo() throws Exception {
    Topic.make(broker, "short", 1).keepsFor("3600000");
    Program program = new Program(folder);
    program.write(
        """
        sources:
          rows:
            generator: { count: 1, seed: 1, fields: { at: now(), n: n } }
        sinks:
          fine: { from: rows, kafka: { brokers: "%1$s", topic: open, timestamp: at, format: json } }
          each: { from: rows, kafka: { brokers: "%1$s", topic: "to-{n}", format: json } }
          drops: { from: rows, kafka: { brokers: "%1$s", topic: short, timestamp: at, format: json } }
          keeps: { from: rows, kafka: { brokers: "%1$s", topic: short, format: json } }
          none: { from: rows, kafka: { brokers: "%1$s", topic: none, format: json } }
          gone: { from: rows, kafka: { brokers: "127.0.0.1:1", topic: none, format: json } }
        """
            .formatted(broker.address()));

    Outcome outcome = program.ended(program.command("validate", "pipeline.yaml", "--connect"));

    assertEquals(2, outcome.code(), outcome::text);
    assertSays(outcome, ":7:3  W503  topic `short` deletes records whose time is older than PT1H");
    assertSays(outcome, ":9:3  R327  topic `none` cannot be written: there is no such topic");
    assertSays(outcome, ":10:3  R322  nothing listens at the broker `127.0.0.1:1`");
    assertSays(outcome, "2 errors, 1 warning");
  }
}
