package io.penstock.connectors.kafka.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.connectors.kafka.trial.Program.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records that a share group hands out, with a real broker. */
final class KafkaQueueTest {
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

  private Program program(String name, String topic, String mode) throws IOException {
    Path own = Files.createDirectories(folder.resolve(name));
    Program program = new Program(own);
    program.write(
        """
        sources:
          in:
            kafka: { brokers: "%s", topic: %s, queue: workers, timeout: 5s, format: json }
            schema: { id: int }
        sinks:
          out:
            file: { path: out/, format: json }
        run: { mode: %s, checkpoint: 200ms }
        """
            .formatted(broker.address(), topic, mode));
    return program;
  }

  private List<String> lines(Program program, String name) throws IOException {
    return Files.exists(folder.resolve(name).resolve("out")) ? program.lines("out") : List.of();
  }

  /** Waits until a program has brought so many lines; its process must not end before. */
  private void await(Program program, String name, Process process, int lines)
      throws IOException, InterruptedException {
    for (int i = 0; i < LOOKS && lines(program, name).size() < lines; i++) {
      assertFalse(process.waitFor(100, TimeUnit.MILLISECONDS), () -> "ended early");
    }
    assertTrue(lines(program, name).size() >= lines, program::toString);
  }

  @Test
  void membersShareTheRecordsAndWhatOneHasNotDecidedGoesToAnother() throws Exception {
    Topic jobs = Topic.make(broker, "jobs", 2);
    jobs.numbers(0, 1000);
    Program one = program("one", "jobs", "continuous");
    Process killed = one.start("--state", "state");
    await(one, "one", killed, 1000);
    for (int i = 0; i < 10; i++) {
      jobs.numbers(1000 + i * 100, 1100 + i * 100);
      boolean unused = killed.waitFor(50, TimeUnit.MILLISECONDS);
    }
    killed.destroyForcibly().waitFor();

    Program two = program("two", "jobs", "continuous");
    Process other = two.start("--state", "state");
    jobs.numbers(2000, 2100);
    Set<String> all = new HashSet<>();
    for (int i = 0; i < LOOKS && all.size() < 2100; i++) {
      assertFalse(other.waitFor(100, TimeUnit.MILLISECONDS), () -> "ended early");
      all.addAll(lines(one, "one"));
      all.addAll(lines(two, "two"));
    }
    other.destroy();
    Outcome end = two.ended(other);

    assertEquals(0, end.code(), end::text);
    assertEquals(2100, all.size());
  }

  @Test
  void whatIsDecidedIsNotHandedOutAgainAfterACleanStop() throws Exception {
    Topic jobs = Topic.make(broker, "tasks", 2);
    jobs.numbers(0, 100);
    Program program = program("clean", "tasks", "continuous");
    for (int round = 1; round <= 3; round++) {
      Process process = program.start("--state", "state");
      await(program, "clean", process, 100 * round);
      process.destroy();
      Outcome end = program.ended(process);
      assertEquals(0, end.code(), end::text);
      jobs.numbers(100 * round, 100 * (round + 1));
    }

    List<String> lines = new ArrayList<>(lines(program, "clean"));
    assertEquals(300, lines.size());
    assertEquals(300, new HashSet<>(lines).size());
  }

  @Test
  void aQueueHasNoEnd() throws Exception {
    Topic unused = Topic.make(broker, "endless", 1);

    Outcome outcome = program("batch", "endless", "micro_batch").run("--state", "state");

    assertEquals(2, outcome.code(), outcome::text);
    assertTrue(outcome.text().contains("E502"), outcome::text);
    assertTrue(outcome.text().contains("leave out `queue`"), outcome::text);
  }

  @Test
  void thePathOfAQueueIsAtLeastOnce() throws Exception {
    Program program = program("checked", "jobs", "continuous");
    Outcome outcome = program.ended(program.command("validate", "pipeline.yaml"));

    assertEquals(0, outcome.code(), outcome::text);
    assertTrue(outcome.text().contains("at least once"), outcome::text);
  }
}
