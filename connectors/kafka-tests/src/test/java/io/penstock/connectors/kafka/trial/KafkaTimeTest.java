package io.penstock.connectors.kafka.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each partition has a time of its own, and one that says nothing holds nobody up for ever. */
final class KafkaTimeTest {
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

  private Program program(String topic, String idleAfter) throws IOException {
    Program program = new Program(folder);
    program.write(
        """
        sources:
          events:
            kafka: { brokers: "%s", topic: %s, timeout: 5s, format: json }
            schema: { at: timestamp }
            event_time: { value: at, out_of_order: 1s, idle_after: %s, max_ahead: 365d }
        transforms:
          counted:
            aggregate:
              by: []
              window: { tumbling: 10s }
              compute: { events: count() }
        sinks:
          counts:
            from: counted
            file: { path: counts/, format: { csv: { header: false } } }
          late:
            from: counted.late
            file: { path: late/, format: json }
        run:
          mode: continuous
          checkpoint: 200ms
        """
            .formatted(broker.address(), topic, idleAfter));
    return program;
  }

  private static void send(Topic topic, String name, int partition, int... seconds) {
    topic.send(
        IntStream.of(seconds)
            .mapToObj(
                s ->
                    Topic.record(
                        name,
                        partition,
                        null,
                        "{\"at\":\"2026-01-01T00:%02d:%02dZ\"}".formatted(s / 60, s % 60)))
            .toList());
  }

  /** The lines of an output once there are so many. */
  private List<String> lines(Program program, Process process, String output, int count)
      throws IOException, InterruptedException {
    return lines(program, process, output, count, () -> {});
  }

  /** The same, with something that is done again and again meanwhile. */
  private List<String> lines(
      Program program, Process process, String output, int count, Runnable meanwhile)
      throws IOException, InterruptedException {
    for (int i = 0; i < 600 && process.isAlive(); i++) {
      if (Files.exists(folder.resolve(output)) && program.lines(output).size() >= count) {
        break;
      }
      meanwhile.run();
      boolean unused = process.waitFor(100, TimeUnit.MILLISECONDS);
    }
    assertTrue(process.isAlive(), program.log());
    return program.lines(output);
  }

  private static String window(int from, int events) {
    return "2026-01-01T00:00:%02dZ,2026-01-01T00:00:%02dZ,%d".formatted(from, from + 10, events);
  }

  @Test
  void aPartitionThatIsFarAheadMakesNoRowOfAnotherLate() throws Exception {
    Topic topic = Topic.make(broker, "apart", 2);
    send(topic, "apart", 0, 1, 2, 59);
    Program program = program("apart", "10m");
    Process process = program.start("--state", "state");
    // What comes now is far behind partition 0, and in order in its own.
    boolean unused = process.waitFor(2500, TimeUnit.MILLISECONDS);
    send(topic, "apart", 1, 3, 12, 24);
    send(topic, "apart", 1, 35);
    List<String> counts = lines(program, process, "counts", 3);

    assertEquals(List.of(window(0, 3), window(10, 1), window(20, 1)), counts);
    send(topic, "apart", 1, 5, 58);
    List<String> late = lines(program, process, "late", 1);
    assertEquals(1, late.size());
    assertTrue(late.get(0).contains("2026-01-01T00:00:05Z"), late::toString);
    process.destroy();
    assertEquals(0, program.ended(process).code());
  }

  @Test
  void aPartitionThatIsSilentHoldsTimeUpOnlyUntilItIsIdle() throws Exception {
    Topic topic = Topic.make(broker, "silent", 2);
    send(topic, "silent", 1, 1);
    Program program = program("silent", "2s");
    Process process = program.start("--state", "state");
    for (int second = 2; second < 30; second++) {
      send(topic, "silent", 0, second);
      boolean unused = process.waitFor(150, TimeUnit.MILLISECONDS);
    }

    // However late the process has begun: where all are silent, time stands still.
    List<String> counts = lines(program, process, "counts", 2, () -> send(topic, "silent", 0, 29));
    assertEquals(List.of(window(0, 9), window(10, 10)), counts);
    process.destroy();
    assertEquals(0, program.ended(process).code());
  }
}
