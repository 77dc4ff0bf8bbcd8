package io.penstock.connectors.kafka.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.connectors.kafka.trial.Program.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What changes at topics while a pipeline reads them. */
final class KafkaChangesTest {
  private static final int LOOKS = 600;

  @TempDir static Path data;
  private static Broker broker;

  @TempDir Path folder;

  @BeforeAll
  static void starts() throws IOException {
    broker = Broker.in(data);
  }

  @AfterAll
  static void ends() {
    broker.close();
  }

  private Program program(String topic) throws IOException {
    Program program = new Program(folder);
    program.write(
        """
        sources:
          in:
            kafka:
              { brokers: "%s", topic: %s, timeout: 5s, format: json,
                properties: { metadata.max.age.ms: 500, max.poll.records: 50, fetch.max.bytes: 1000,
                  max.partition.fetch.bytes: 1000 } }
            schema: { id: int }
        sinks:
          out:
            file: { path: out/, format: json }
        run: { mode: continuous, checkpoint: 200ms }
        """
            .formatted(broker.address(), topic));
    return program;
  }

  private void await(Program program, Process process, int rows) throws Exception {
    Set<String> all = new HashSet<>();
    for (int i = 0; i < LOOKS && all.size() < rows; i++) {
      assertFalse(process.waitFor(100, TimeUnit.MILLISECONDS), () -> "ended early");
      if (Files.exists(folder.resolve("out"))) {
        all.addAll(program.lines("out"));
      }
    }
    assertEquals(rows, all.size());
  }

  private static void signal(Process process, String which) throws Exception {
    new ProcessBuilder("kill", which, Long.toString(process.pid())).start().waitFor();
  }

  @Test
  void aTopicThatComesLaterAndMatchesThePatternIsReadFromItsBeginning() throws Exception {
    Topic.make(broker, "late-1", 1).numbers(0, 10);
    Program program = program("{ pattern: 'late-.*' }");
    Process process = program.start("--state", "state");
    await(program, process, 10);

    Topic.make(broker, "other-2", 1).numbers(500, 510);
    Topic.make(broker, "late-2", 2).numbers(10, 30);

    await(program, process, 30);
    process.destroy();
    Outcome end = program.ended(process);
    assertEquals(0, end.code(), end::text);
  }

  @Test
  void recordsThatGoBeforeARunningProcessHasReadThemStopIt() throws Exception {
    Topic topic = Topic.make(broker, "short", 1);
    topic.numbers(0, 10);
    Program program = program("short");
    Process process = program.start("--state", "state");
    await(program, process, 10);

    signal(process, "-STOP");
    topic.numbers(10, 2000);
    topic.deleteBefore(0, 1500);
    signal(process, "-CONT");

    Outcome end = program.ended(process);
    assertEquals(6, end.code(), end::text);
    assertTrue(end.text().contains("R202"), end::text);
    assertTrue(end.text().contains("`short-0` begins at offset 1500"), end::text);
    assertTrue(end.text().contains("offsets are gone"), end::text);
  }
}
