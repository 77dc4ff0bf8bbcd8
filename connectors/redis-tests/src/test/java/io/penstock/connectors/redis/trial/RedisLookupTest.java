package io.penstock.connectors.redis.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows are completed by what a server holds at their keys. */
final class RedisLookupTest {
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
  void rows() throws IOException {
    program = new Program(folder);
    assertEquals("OK", server.ask("FLUSHALL"));
    Object unused = server.ask("SET", "tier:1", "gold");
    unused = server.ask("SET", "tier:2", "{\"level\":7}");
    unused = server.ask("LPUSH", "tier:4", "x");
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 100; i++) {
      lines.append("{\"id\":").append(i % 4).append("}\n");
    }
    Files.writeString(folder.resolve("rows.jsonl"), lines);
  }

  private static String pipeline(String address, String options, String rest) {
    return """
    sources:
      rows: { file: rows.jsonl, schema: { id: int } }
    transforms:
      tiers:
        lookup:
          redis: { server: "%s", get: "tier:{id}", retry: { first: 10ms, give_up_after: 50ms }%s }
          %s
    sinks:
      out: { file: out.jsonl }
    dead_letter: { file: dead.jsonl, stop_above: { rate: 100%%, of_last: 1000 } }
    """
        .formatted(address, options, rest);
  }

  private List<String> lines(String file) throws IOException {
    return Files.readAllLines(folder.resolve(file));
  }

  @Test
  void theTextOfAKeyIsAFieldOfItsRow() throws Exception {
    program.write(pipeline(server.address(), "", "take: { tier: value }\n      in_flight: 2"));

    Program.Outcome run = program.run();

    assertEquals(0, run.code(), run.text());
    List<String> lines = lines("out.jsonl");
    assertEquals(100, lines.size());
    assertEquals("{\"id\":0,\"tier\":null}", lines.get(96));
    assertEquals("{\"id\":1,\"tier\":\"gold\"}", lines.get(97));
    assertEquals("{\"id\":2,\"tier\":\"{\\\"level\\\":7}\"}", lines.get(98));
  }

  @Test
  void whatAKeyHoldsMayBeARecord() throws Exception {
    program.write(
        pipeline(
            server.address(), ", format: json", "schema: { level: int }\n      missing: drop"));

    Program.Outcome run = program.run();

    assertEquals(0, run.code(), run.text());
    assertEquals(25, lines("out.jsonl").size());
    assertEquals("{\"id\":2,\"level\":7}", lines("out.jsonl").get(0));
    List<String> dead = lines("dead.jsonl");
    assertEquals(25, dead.size());
    assertTrue(dead.get(0).contains("the answer cannot be read"), dead.get(0));
  }

  @Test
  void aKeyOfAnotherKindIsADeadLetterAndTheOthersAreFound() throws Exception {
    Files.writeString(folder.resolve("rows.jsonl"), "{\"id\":4}\n{\"id\":1}\n");
    program.write(pipeline(server.address(), "", "take: { tier: value }"));

    Program.Outcome run = program.run();

    assertEquals(0, run.code(), run.text());
    assertEquals(List.of("{\"id\":1,\"tier\":\"gold\"}"), lines("out.jsonl"));
    List<String> dead = lines("dead.jsonl");
    assertEquals(1, dead.size());
    assertTrue(dead.get(0).contains("\"code\":\"D223\""), dead.get(0));
    assertTrue(dead.get(0).contains("WRONGTYPE"), dead.get(0));
  }

  @Test
  void aServerThatIsNotThereEndsTheRunAtItsStart() throws Exception {
    int port;
    try (java.net.ServerSocket socket = new java.net.ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    program.write(pipeline("localhost:" + port, "", "take: { tier: value }"));

    Program.Outcome run = program.run();

    assertEquals(6, run.code(), run.text());
    assertTrue(run.text().contains("pipeline.yaml:4:3  R223"), run.text());
  }
}
