package io.penstock.connectors.redis.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kills of runs, and of the server, between files and streams: each row is there once. */
final class RedisKillTest {
  private static final int KILLS = 5;
  private static final int FILES = 60;
  private static final int ROWS_OF_A_FILE = 1000;

  @TempDir Path folder;

  private final Random chance = new Random(11);

  private static String line(int seq) {
    return "{\"seq\":" + seq + "}";
  }

  private static List<String> all() {
    List<String> all = new ArrayList<>();
    for (int seq = 0; seq < FILES * ROWS_OF_A_FILE; seq++) {
      all.add(line(seq));
    }
    return all;
  }

  private void writeFiles() throws IOException {
    Files.createDirectories(folder.resolve("in"));
    List<String> all = all();
    for (int i = 0; i < FILES; i++) {
      Files.write(
          folder.resolve("in/%03d.jsonl".formatted(i)),
          all.subList(i * ROWS_OF_A_FILE, (i + 1) * ROWS_OF_A_FILE));
    }
  }

  private static String pipeline(String source, String sink, String mode) {
    return """
    name: kills
    sources:
      rows:
        %s
        schema: { seq: int }
    sinks:
      out:
        %s
    run:
      mode: %s
      checkpoint: 50ms
      delivery: exactly_once
      %s
    """
        .formatted(
            source, sink, mode, mode.equals("micro_batch") ? "batch: { max_rows: 2000 }" : "");
  }

  /** Kills a run some time after it has started; true where it had ended. */
  private boolean kill(Process process) throws InterruptedException {
    if (process.waitFor(700 + chance.nextInt(1500), TimeUnit.MILLISECONDS)) {
      return true;
    }
    process.destroyForcibly().waitFor();
    return false;
  }

  @ParameterizedTest
  @ValueSource(strings = {"continuous", "micro_batch"})
  void rowsOfFilesAreInTheStreamOnce(String mode) throws Exception {
    writeFiles();
    Program program = new Program(folder);
    try (RedisServer server = RedisServer.start(folder.resolve("server"))) {
      program.write(
          pipeline(
              "file: \"in/*.jsonl\"",
              "redis: { server: \"%s\", stream: rows, format: json, retry: { first: 10ms } }"
                  .formatted(server.address()),
              mode));
      for (int kill = 0; kill < KILLS; kill++) {
        Process run = program.start("--state", "state");
        if (kill % 2 == 1) {
          boolean unused = run.waitFor(1000, TimeUnit.MILLISECONDS);
          server.killAndRestart();
        }
        boolean unused = kill(run);
      }
      Program.Outcome last = program.run("--state", "state");

      assertEquals(0, last.code(), last.text());
      List<String> records = server.records("rows");
      assertEquals(all().size(), records.size());
      assertEquals(all(), records);
    }
  }

  @Test
  void entriesOfAStreamAreInFilesOnce() throws Exception {
    Program program = new Program(folder);
    try (RedisServer server = RedisServer.start(folder.resolve("server"))) {
      program.write(
          pipeline(
              "redis: { server: \"%s\", streams: rows, format: json, retry: { first: 10ms } }"
                  .formatted(server.address()),
              "file: { path: out/, format: json }",
              "continuous"));
      int fed = 0;
      for (int kill = 0; kill < KILLS; kill++) {
        Process run = program.start();
        for (int i = 0; i < 2000; i++) {
          Object unused = server.ask("XADD", "rows", "*", "value", line(fed++));
        }
        if (kill == 2) {
          server.killAndRestart();
        }
        assertTrue(!kill(run), program.log());
      }
      Process last = program.start();
      while (program.lines("out").size() < fed && last.isAlive()) {
        boolean unused = last.waitFor(20, TimeUnit.MILLISECONDS);
      }
      last.destroy();
      assertTrue(last.waitFor(60, TimeUnit.SECONDS), program.log());
      List<String> wanted = all().subList(0, fed).stream().sorted().toList();
      assertEquals(wanted, program.lines("out"));
    }
  }
}
