package io.penstock.connectors.kafka.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.connectors.kafka.trial.Program.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Topics are read whole, once, and on from where a run ended. */
final class KafkaSourceTest {
  private static final String[] ONCE = {"--mode", "micro_batch", "--state", "state"};

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

  private Program program(String source, String rest) throws IOException {
    Program program = new Program(folder);
    program.write(
        """
        sources:
          rows:
            kafka: { brokers: "%s", timeout: 5s, %s }
        %s"""
            .formatted(broker.address(), source, rest));
    return program;
  }

  private static final String IDS =
      """
          schema: { id: int }
      sinks:
        out:
          file: { path: out/, format: json }
      """;

  private static List<String> ids(int from, int to) {
    return IntStream.range(from, to).mapToObj(n -> "{\"id\":" + n + "}").sorted().toList();
  }

  @Test
  void readsAllPartitionsAndGoesOnWhereItEnded() throws Exception {
    Topic topic = Topic.make(broker, "numbers", 3);
    topic.numbers(0, 1000);
    Program program = program("topic: numbers, group: readers, format: json", IDS);

    Outcome first = program.run(ONCE);
    assertEquals(0, first.code(), first::text);
    assertEquals(ids(0, 1000), program.lines("out"));

    topic.numbers(1000, 1500);
    Outcome second = program.run(ONCE);
    assertEquals(0, second.code(), second::text);
    assertEquals(ids(0, 1500), program.lines("out"));
  }

  @Test
  void recordsBehindTheEndOfABatchAreLeftForTheNext() throws Exception {
    Topic topic = Topic.make(broker, "planned", 1);
    topic.numbers(0, 10);
    Program program = program("topic: planned, format: json", IDS);
    Outcome killed = program.ended(program.start(List.of("-Dcrashpoint=plan.durable:1"), ONCE));
    assertEquals(137, killed.code(), killed::text);
    // The batch that was planned ends before these, and one fetch brings all.
    topic.numbers(10, 20);

    Outcome again = program.run(ONCE);

    assertEquals(0, again.code(), again::text);
    assertEquals(ids(0, 20), program.lines("out"));
  }

  @Test
  void recordsTellWhereTheyAreFrom() throws Exception {
    Topic topic = Topic.make(broker, "told", 2);
    ProducerRecord<byte[], byte[]> marked = Topic.record("told", 1, "k", "{\"id\":1}");
    marked.headers().add("trace", "abc".getBytes(StandardCharsets.UTF_8));
    topic.send(List.of(Topic.record("told", 0, null, "{\"id\":0}"), marked));
    Program program =
        program(
            "topic: { pattern: 'tol.' }, format: json",
            """
                schema: { id: int }
            transforms:
              told:
                set:
                  place: meta.topic + '/' + meta.partition + '/' + meta.offset
                  key: meta.key
                  trace: meta.headers['trace']
                  timed: meta.timestamp > to_timestamp('2020-01-01T00:00:00Z')
            sinks:
              out:
                file: { path: out/, format: json }
            """);

    Outcome outcome = program.run(ONCE);

    assertEquals(0, outcome.code(), outcome::text);
    assertEquals(
        List.of(
            "{\"id\":0,\"place\":\"told/0/0\",\"key\":null,\"trace\":null,\"timed\":true}",
            "{\"id\":1,\"place\":\"told/1/0\",\"key\":\"k\",\"trace\":\"abc\",\"timed\":true}"),
        program.lines("out"));
  }

  @Test
  void recordsWithoutAValueAndBrokenOnesAreDeadLettersAndUndecidedOnesAreNotThere()
      throws Exception {
    Topic topic = Topic.make(broker, "mixed", 1);
    topic.send(
        List.of(
            Topic.record("mixed", 0, "gone", null),
            Topic.record("mixed", 0, null, ""),
            Topic.record("mixed", 0, null, "{\"id\":oops}"),
            Topic.record("mixed", 0, null, "{\"id\":\n 3}"),
            Topic.record("mixed", 0, null, "{\"id\":4}")));
    topic.transactions("{\"id\":5}", "{\"id\":6}");
    Program program =
        program(
            "topic: mixed, format: { json: document }",
            IDS + "dead_letter:\n  file: { path: dead/, format: json }\n");

    Outcome outcome = program.run(ONCE);

    assertEquals(0, outcome.code(), outcome::text);
    assertEquals(
        List.of("{\"id\":3}", "{\"id\":4}", "{\"id\":6}"), program.lines("out"), outcome::text);
    List<String> dead = program.lines("dead");
    assertEquals(3, dead.size(), dead::toString);
    assertTrue(
        dead.stream().anyMatch(l -> l.contains("no value (a deletion), at offset 0")),
        dead::toString);
    assertTrue(dead.stream().anyMatch(l -> l.contains("offset 2")), dead::toString);
  }

  @Test
  void recordsThatTheBrokerHasDroppedStopTheRun() throws Exception {
    Topic topic = Topic.make(broker, "dropped", 1);
    topic.numbers(0, 10);
    Program program = program("topic: dropped, format: json", IDS);
    Outcome first = program.run(ONCE);
    assertEquals(0, first.code(), first::text);
    topic.numbers(10, 30);
    topic.deleteBefore(0, 25);

    Outcome second = program.run(ONCE);

    assertEquals(6, second.code(), second::text);
    assertTrue(second.text().contains("R202"), second::text);
    assertTrue(second.text().contains("15 offsets are gone"), second::text);
  }

  @Test
  void partitionsThatWereAddedAreReadFromTheirBeginning() throws Exception {
    Topic topic = Topic.make(broker, "grown", 1);
    topic.numbers(0, 10);
    Program program = program("topic: grown, start: '2020-01-01', format: json", IDS);
    Outcome first = program.run(ONCE);
    assertEquals(0, first.code(), first::text);
    topic.addPartitions(2);
    long before = java.time.Instant.parse("2010-01-01T00:00:00Z").toEpochMilli();
    byte[] old = "{\"id\":10}".getBytes(StandardCharsets.UTF_8);
    topic.send(List.of(new ProducerRecord<>("grown", 1, before, null, old)));

    Outcome second = program.run(ONCE);

    assertEquals(0, second.code(), second::text);
    assertEquals(ids(0, 11), program.lines("out"));
  }

  @Test
  void unknownTopicsWrongPasswordsAndSilentBrokersAreSaid() throws Exception {
    Outcome topic = program("topic: nowhere, format: json", IDS).run(ONCE);
    assertEquals(6, topic.code(), topic::text);
    assertTrue(topic.text().contains("pipeline.yaml:2:3  R227"), topic::text);
    assertTrue(topic.text().contains("there is no such topic"), topic::text);

    String auth = "auth: { user: reader, password: %s, mechanism: plain }, format: json";
    Program guarded = new Program(folder);
    guarded.write(
        program("topic: nowhere, " + auth.formatted("wrong"), IDS)
            .text()
            .replace(broker.address(), broker.guardedAddress()));
    Outcome wrong = guarded.run(ONCE);
    assertEquals(6, wrong.code(), wrong::text);
    assertTrue(wrong.text().contains("refuse the user `reader`"), wrong::text);

    guarded.write(
        program("topic: nowhere, " + auth.formatted("right"), IDS)
            .text()
            .replace(broker.address(), broker.guardedAddress()));
    Outcome right = guarded.run(ONCE);
    assertTrue(right.text().contains("there is no such topic"), right::text);

    guarded.write(
        program("topic: nowhere, format: json", IDS)
            .text()
            .replace(broker.address(), "127.0.0.1:1")
            .replace("timeout: 5s", "timeout: 1s"));
    Outcome silent = guarded.run(ONCE);
    assertEquals(6, silent.code(), silent::text);
    assertTrue(silent.text().contains("gave no answer"), silent::text);
  }
}
