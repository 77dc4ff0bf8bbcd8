package io.penstock.connectors.redis.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.testkit.network.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages of channels that are heard. */
final class RedisChannelsTest {
  private static final int SECONDS = 60;
  private static final int LOOK_MILLIS = 20;

  @TempDir static Path shared;

  private static RedisServer server;

  @TempDir Path folder;

  private final List<Process> started = new ArrayList<>();
  private Program program;

  @BeforeAll
  static void start() throws Exception {
    server = RedisServer.start(shared);
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @BeforeEach
  void make() {
    program = new Program(folder);
  }

  @AfterEach
  void end() throws InterruptedException {
    for (Process one : started) {
      one.destroyForcibly().waitFor();
    }
  }

  private static String hearing(String address, String more) {
    return """
    name: hears
    sources:
      orders:
        redis: { server: "%s", subscribe: [orders, others], patterns: "shop.*", format: json%s }
        schema: { id: int }
        on_error: dead_letter
    transforms:
      told: { from: orders, set: { channel: meta.channel, pattern: meta.pattern } }
    sinks:
      out: { from: told, file: { path: out/, format: json } }
    dead_letter: { file: { path: bad/, format: json } }
    run: { checkpoint: 100ms }
    """
        .formatted(address, more);
  }

  private Process hears(String address, String more) throws Exception {
    Files.createDirectories(folder.resolve("out"));
    program.write(hearing(address, more));
    Process run = program.start("--workers", "1");
    started.add(run);
    until(run, RedisChannelsTest::isHeard);
    return run;
  }

  private static boolean isHeard() throws IOException {
    return server.ask("PUBSUB", "NUMSUB", "orders").equals(List.of("orders", "1"))
        && server.ask("PUBSUB", "NUMPAT").equals("1");
  }

  private void until(Process run, Callable<Boolean> holds) throws Exception {
    for (int i = 0; i < SECONDS * 1000 / LOOK_MILLIS; i++) {
      if (holds.call()) {
        return;
      }
      assertFalse(run.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS), () -> log());
    }
    throw new AssertionError(log());
  }

  private String log() {
    try {
      return program.log();
    } catch (IOException none) {
      return none.toString();
    }
  }

  private void ends(Process run, int code) throws Exception {
    run.destroy();
    Program.Outcome outcome = program.ended(run);
    assertEquals(code, outcome.code(), outcome::text);
  }

  private static void publish(String channel, String message) throws IOException {
    assertEquals("1", server.ask("PUBLISH", channel, message), "somebody listens");
  }

  @Test
  void messagesOfChannelsAndOfPatternsAreHeard() throws Exception {
    Process run = hears(server.address(), "");

    publish("orders", "{\"id\":1}");
    publish("shop.vienna", "{\"id\":2}");
    publish("others", "no json");
    publish("others", "{\"id\":3}");
    until(run, () -> program.lines("out").size() == 3);

    ends(run, 0);
    assertEquals(
        List.of(
            "{\"id\":1,\"channel\":\"orders\",\"pattern\":null}",
            "{\"id\":2,\"channel\":\"shop.vienna\",\"pattern\":\"shop.*\"}",
            "{\"id\":3,\"channel\":\"others\",\"pattern\":null}"),
        program.lines("out"));
    assertEquals(1, program.lines("bad").size());
    assertFalse(program.log().contains("W571"), program.log());
  }

  @Test
  void manyMessagesAreHeardInTheirOrder() throws Exception {
    Process run = hears(server.address(), "");

    int many = 20_000;
    assertEquals(
        "nil",
        server.ask(
            "EVAL",
            "for i = 1, ARGV[1] do redis.call('PUBLISH', 'orders', '{\"id\":' .. i .. '}') end",
            "0",
            Integer.toString(many)));
    until(run, () -> program.lines("out").size() == many);

    ends(run, 0);
    List<String> heard = new ArrayList<>();
    try (var parts = Files.list(folder.resolve("out"))) {
      for (Path part : parts.filter(p -> p.toString().endsWith(".jsonl")).sorted().toList()) {
        heard.addAll(Files.readAllLines(part));
      }
    }
    assertEquals(
        IntStream.rangeClosed(1, many)
            .mapToObj("{\"id\":%d,\"channel\":\"orders\",\"pattern\":null}"::formatted)
            .toList(),
        heard);
  }

  @Test
  void aConnectionThatIsLostComesAgainAndTheGapIsTold() throws Exception {
    Process run = hears(server.address(), ", retry: { first: 50ms, give_up_after: 30s }");
    publish("orders", "{\"id\":1}");
    until(run, () -> program.lines("out").size() == 1);

    Object unused = server.ask("CLIENT", "KILL", "TYPE", "pubsub");
    // The server lets go of it a little later, and may hand it a message until then.
    until(run, () -> program.log().contains("W571") && isHeard());
    publish("orders", "{\"id\":2}");
    until(run, () -> program.lines("out").size() == 2);
    server.killAndRestart();
    until(run, RedisChannelsTest::isHeard);
    publish("orders", "{\"id\":3}");
    until(run, () -> program.lines("out").size() == 3);

    ends(run, 0);
    String log = program.log();
    assertEquals(3, log.split("warn  orders: W571", -1).length, log);
    assertTrue(log.contains("what was published meanwhile is gone"), log);
  }

  @Test
  void aServerThatFallsSilentIsNoticedThoughNothingIsPublished() throws Exception {
    try (Wire wire = Wire.to(server.port())) {
      Process run = hears("127.0.0.1:" + wire.port(), ", timeout: 1s, retry: { first: 50ms }");

      wire.be(Wire.State.SILENT);
      until(run, () -> wire.connections() > 2);
      wire.be(Wire.State.PASSING);
      until(run, () -> program.log().contains("W571") && isHeard());
      publish("orders", "{\"id\":1}");
      until(run, () -> program.lines("out").size() == 1);

      ends(run, 0);
    }
  }

  @Test
  void aServerThatStaysAwayEndsTheRun() throws Exception {
    try (Wire wire = Wire.to(server.port())) {
      Process run =
          hears("127.0.0.1:" + wire.port(), ", retry: { first: 50ms, give_up_after: 1s }");

      wire.be(Wire.State.RESET);

      Program.Outcome outcome = program.ended(run);
      assertEquals(6, outcome.code(), outcome::text);
      assertTrue(outcome.text().contains("R223"), outcome::text);
    }
  }

  @Test
  void whatIsPromisedIsAtMostOnceAndNoMore() throws Exception {
    program.write(hearing(server.address(), ""));
    Program.Outcome plain =
        program.ended(program.command("validate", "pipeline.yaml", "--connect"));
    program.write(program.text().replace("run: {", "run: { delivery: exactly_once,"));
    Program.Outcome exactly = program.ended(program.command("validate", "pipeline.yaml"));
    program.write(hearing(server.address(), "").replace("run: {", "run: { mode: micro_batch,"));
    Program.Outcome batches = program.run();

    assertEquals(0, plain.code(), plain::text);
    assertTrue(
        plain.text().contains("at most once, because the source `orders` cannot be read again"),
        plain::text);
    assertEquals(2, exactly.code(), exactly::text);
    assertTrue(exactly.text().contains("cannot be read again"), exactly::text);
    assertTrue(batches.text().contains("E502"), batches::text);
  }
}
