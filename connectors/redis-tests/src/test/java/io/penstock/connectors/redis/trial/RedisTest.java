package io.penstock.connectors.redis.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.testkit.network.Certificates;
import io.penstock.testkit.network.Wire;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Streams that are read, and streams, channels and keys that are written. */
final class RedisTest {
  @TempDir static Path shared;

  private static RedisServer server;

  @TempDir Path folder;

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
  void empty() throws IOException {
    program = new Program(folder);
    assertEquals("OK", server.ask("FLUSHALL"));
  }

  private static String reading(String more) {
    return """
    name: reads
    sources:
      orders:
        redis: { server: "%s", streams: [orders, others], format: json%s }
        schema: { id: int }
        on_error: dead_letter
    transforms:
      told: { from: orders, set: { stream: meta.stream } }
    sinks:
      out: { from: told, file: { path: out/, format: json } }
    dead_letter: { file: { path: bad/, format: json } }
    run: { mode: micro_batch }
    """
        .formatted(server.address(), more);
  }

  private static String writing(String target, String more) {
    return """
    name: writes
    sources:
      rows:
        file: { path: "in/*", format: json, watch: true }
        schema: { id: int, country: string }
    sinks:
      out:
        redis: { server: "%s", %s, format: json, retry: { give_up_after: 2s } }
        on_error: dead_letter
    dead_letter: { file: { path: bad/, format: json } }
    run: { mode: micro_batch%s }
    """
        .formatted(server.address(), target, more);
  }

  private void rows(String name, int from, int to) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = from; i < to; i++) {
      lines.append("{\"id\":%d,\"country\":\"%s\"}\n".formatted(i, i % 2 == 0 ? "at" : "be"));
    }
    Path file = folder.resolve("in").resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, lines);
    Files.setLastModifiedTime(file, java.nio.file.attribute.FileTime.fromMillis(0));
  }

  private void ends(int code) throws Exception {
    Program.Outcome outcome = program.run("--workers", "1");
    assertEquals(code, outcome.code(), outcome.text());
  }

  private void endsSaying(int code, String text) throws Exception {
    Program.Outcome outcome = program.run("--workers", "1");
    assertEquals(code, outcome.code(), outcome.text());
    assertTrue(outcome.text().contains(text), outcome.text());
  }

  @Test
  void aServerBehindTlsProvesItsNameOrTheOneThatIsAskedFor() throws Exception {
    Certificates made = new Certificates(folder);
    made.make("own", "dns:localhost");
    made.make("other", "dns:redis.example");
    Object unused = server.ask("XADD", "orders", "*", "value", "{\"id\":1}");
    try (Wire own = secret(made, "own");
        Wire other = secret(made, "other")) {
      program.write(reading(other, ", tls: { ca: other.crt }"));
      endsSaying(6, "R224");

      program.write(reading(other, ", tls: { ca: other.crt, server_name: redis.example }"));
      ends(0);
      assertEquals(1, program.lines("out").size());

      program.write(reading(own, ", tls: { ca: own.crt }"));
      ends(0);
      assertEquals(1, program.lines("out").size(), "how a server is known changes no rows");
    }
  }

  private static Wire secret(Certificates made, String name) throws Exception {
    return Wire.to(
        server.port(),
        made.context(Optional.of(name), Optional.of(name))
            .getServerSocketFactory()
            .createServerSocket(0, 50, InetAddress.getLoopbackAddress()));
  }

  private static String reading(Wire way, String more) {
    return reading(more).replace(server.address(), "localhost:" + way.port());
  }

  @Test
  void aStreamIsReadOnWhereReadingStopped() throws Exception {
    for (int i = 0; i < 2500; i++) {
      Object unused = server.ask("XADD", "orders", "*", "value", "{\"id\":" + i + "}");
    }
    Object odd = server.ask("XADD", "orders", "7-1", "value", "{}");
    program.write(reading(""));

    ends(0);

    assertTrue(String.valueOf(odd).startsWith("ERR"), "ids only rise");
    assertEquals(2500, program.lines("out").size());
    Object unused = server.ask("XADD", "others", "5-3", "value", "{\"id\":-1}", "more", "x");
    unused = server.ask("XADD", "orders", "*", "other", "{\"id\":1}");
    unused = server.ask("XADD", "orders", "*", "value", "{\"id\":\"x\"}");
    ends(0);
    assertEquals(2501, program.lines("out").size());
    assertTrue(program.lines("out").contains("{\"id\":-1,\"stream\":\"others\"}"));
    List<String> bad = program.lines("bad");
    assertEquals(2, bad.size(), bad::toString);
    assertTrue(bad.stream().anyMatch(b -> b.contains("the entry has no field `value`")));
    ends(0);
    assertEquals(2501, program.lines("out").size());
  }

  @Test
  void entriesThatWereRemovedUnreadEndTheRun() throws Exception {
    Object unused = server.ask("XADD", "orders", "1-1", "value", "{\"id\":1}");
    unused = server.ask("XADD", "orders", "1-2", "value", "{\"id\":2}");
    program.write(reading(""));
    ends(0);

    unused = server.ask("XADD", "orders", "1-3", "value", "{\"id\":3}");
    unused = server.ask("XTRIM", "orders", "MAXLEN", "2");
    ends(0);
    assertEquals(3, program.lines("out").size());
    unused = server.ask("XADD", "orders", "1-4", "value", "{\"id\":4}");
    unused = server.ask("XADD", "orders", "1-5", "value", "{\"id\":5}");
    unused = server.ask("XTRIM", "orders", "MAXLEN", "1");
    endsSaying(6, "R202  the entry 1-3 of `orders`, which was read last, was removed");
    unused = server.ask("DEL", "orders");
    endsSaying(6, "R202  `orders` is gone; it was read up to the entry 1-3");
  }

  @Test
  void readingMayBeginLater() throws Exception {
    Object unused = server.ask("XADD", "orders", "1000-1", "value", "{\"id\":1}");
    unused = server.ask("XADD", "orders", "2000-1", "value", "{\"id\":2}");
    program.write(reading(", start: \"1970-01-01T00:00:01.5Z\""));

    ends(0);

    assertEquals(List.of("{\"id\":2,\"stream\":\"orders\"}"), program.lines("out"));
  }

  @Test
  void rowsAreAddedOnceToTheStreamsOfTheirKeys() throws Exception {
    rows("a", 0, 3000);
    program.write(writing("stream: \"rows-{country}\"", ""));

    ends(0);
    rows("b", 3000, 3010);
    ends(0);
    ends(0);

    assertEquals(1505, server.records("rows-at").size());
    assertEquals(1505, server.records("rows-be").stream().distinct().count());
    assertEquals("{\"id\":3008,\"country\":\"at\"}", server.records("rows-at").get(1504));
    List<?> marks = (List<?>) server.ask("KEYS", "penstock:*");
    assertEquals(1, marks.size());
  }

  @Test
  void aRowThatTheServerRefusesIsADeadLetterAndTakesNoOtherWithIt() throws Exception {
    Object unused = server.ask("SET", "rows-be", "a text");
    rows("a", 0, 11);
    program.write(writing("stream: \"rows-{country}\"", ""));

    ends(0);

    assertEquals(6, server.records("rows-at").size());
    assertEquals(5, program.lines("bad").size());
    assertTrue(
        program.lines("bad").get(0).contains("the key `rows-be` holds something that is no stream"),
        program.lines("bad").get(0));
  }

  @Test
  void keysAreSetAndGoAway() throws Exception {
    rows("a", 0, 10);
    program.write(writing("set: \"row:{country}\", ttl: 1h", ""));

    ends(0);

    assertEquals("{\"id\":8,\"country\":\"at\"}", server.ask("GET", "row:at"));
    long left = Long.parseLong(String.valueOf(server.ask("PTTL", "row:be")));
    assertTrue(left > 3_000_000 && left <= 3_600_000, "not " + left);
  }

  @Test
  void withoutStateRowsGoOutAtOnce() throws Exception {
    rows("a", 0, 1000);
    program.write(writing("stream: all, keep: 100", "").replace(", watch: true", ""));

    Program.Outcome outcome = program.run("--no-state");

    assertEquals(0, outcome.code(), outcome.text());
    int kept = server.records("all").size();
    assertTrue(kept >= 100 && kept < 500, "about a hundred, not " + kept);
    assertEquals(List.of(), server.ask("KEYS", "penstock:*"));
    program.write(writing("publish: all", "").replace(", watch: true", ""));
    outcome = program.run("--no-state");
    assertEquals(0, outcome.code(), outcome.text());
  }

  @Test
  void aServerThatHasLostWhatWasWrittenEndsTheRun() throws Exception {
    rows("a", 0, 10);
    program.write(writing("stream: rows", ""));
    ends(0);
    rows("b", 10, 20);
    ends(0);
    assertEquals("OK", server.ask("FLUSHALL"));
    rows("c", 20, 30);

    endsSaying(7, "R302");
  }

  @Test
  void connectTellsWhatIsWrongAndValidateWhatIsWritten() throws Exception {
    Object unused = server.ask("SET", "orders", "a text");
    program.write(reading(""));
    Program.Outcome outcome =
        program.ended(program.command("validate", "--connect", "pipeline.yaml"));
    assertTrue(outcome.text().contains("`orders` is no stream, but a string"), outcome.text());

    try (RedisServer locked = RedisServer.start(folder.resolve("l"), "--requirepass", "secret")) {
      for (String auth : List.of("", ", auth: { password: \"wrong-one\" }")) {
        program.write(reading(auth).replace(server.address(), locked.address()));
        outcome = program.ended(program.command("validate", "--connect", "pipeline.yaml"));
        assertTrue(outcome.text().contains("R225"), outcome.text());
        assertTrue(!outcome.text().contains("wrong-one\n"), outcome.text());
      }
      program.write(
          reading(", auth: { password: secret }").replace(server.address(), locked.address()));
      outcome = program.ended(program.command("validate", "--connect", "pipeline.yaml"));
      assertEquals(0, outcome.code(), outcome.text());
    }
    program.write(reading("").replace(server.address(), "127.0.0.1:1"));
    outcome = program.ended(program.command("validate", "--connect", "pipeline.yaml"));
    assertTrue(outcome.text().contains("R222"), outcome.text());
    program.write(reading("").replace(server.address(), "redis://u:pw@h:6379"));
    outcome = program.ended(program.command("validate", "pipeline.yaml"));
    assertTrue(outcome.text().contains("`server` must be `host:port`"), outcome.text());
    program.write(writing("stream: a, set: b, ttl: 0s", ""));
    outcome = program.ended(program.command("validate", "pipeline.yaml"));
    assertTrue(
        outcome.text().contains("rows go to one place, and there are 2")
            || outcome.text().contains("`ttl` must be 1ms at least"),
        outcome.text());
  }
}
