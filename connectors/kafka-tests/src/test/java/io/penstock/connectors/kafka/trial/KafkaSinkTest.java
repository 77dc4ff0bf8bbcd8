package io.penstock.connectors.kafka.trial;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.connectors.kafka.trial.Program.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows become records as they are told to, once or at least once. */
final class KafkaSinkTest {
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

  /** A pipeline of five rows and whatever writes them. */
  private Program five(String kafka, String rest) throws IOException {
    Program program = new Program(folder);
    program.write(
        """
        sources:
          rows:
            generator:
              count: 5
              fields:
                id: n
                name: if(n == 2, null, 'n' + n)
                at: to_timestamp('2026-01-01T00:00:0' + n + 'Z')
        sinks:
          out:
            kafka: { brokers: "%s", timeout: 5s, %s }
        %s"""
            .formatted(broker.address(), kafka, rest));
    return program;
  }

  private static String text(ConsumerRecord<byte[], byte[]> record) {
    String key = record.key() == null ? "-" : new String(record.key(), StandardCharsets.UTF_8);
    StringBuilder headers = new StringBuilder();
    for (Header header : record.headers()) {
      headers
          .append(' ')
          .append(header.key())
          .append('=')
          .append(new String(header.value(), StandardCharsets.UTF_8));
    }
    String value = new String(record.value(), StandardCharsets.UTF_8);
    return record.partition() + " " + key + " " + record.timestamp() + " " + value + headers;
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--state=state"})
  void recordsHaveKeysHeadersTimesAndPartitions(String state) throws Exception {
    Topic topic = Topic.make(broker, "told" + state.length(), 2);
    Program program =
        five(
            "topic: told%d, key: name, partition: id %% 2, timestamp: at, "
                    .formatted(state.length())
                + "headers: { trace: \"t{id}\", app: penstock }, compression: lz4, "
                + "format: { json: { nulls: omit } }",
            "");

    Outcome outcome = program.run(state.isEmpty() ? new String[0] : new String[] {state});

    assertEquals(0, outcome.code(), outcome::text);
    List<String> expected =
        IntStream.range(0, 5)
            .mapToObj(
                n ->
                    "%d %s %d {\"id\":%d,%s\"at\":\"2026-01-01T00:00:0%dZ\"} trace=t%d app=penstock"
                        .formatted(
                            n % 2,
                            n == 2 ? "-" : "n" + n,
                            1767225600000L + n * 1000L,
                            n,
                            n == 2 ? "" : "\"name\":\"n" + n + "\",",
                            n,
                            n))
            .sorted()
            .toList();
    assertEquals(expected, topic.records().stream().map(KafkaSinkTest::text).sorted().toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"at_least_once", "exactly_once"})
  void keysOfBytesAreHandedOnAsTheyAre(String delivery) throws Exception {
    String from = "raw-" + delivery;
    Topic in = Topic.make(broker, from, 1);
    Topic out = Topic.make(broker, from + "-out", 1);
    byte[] key = {(byte) 0xff, 0, (byte) 0xc3};
    byte[] value = "{\"id\":1}".getBytes(StandardCharsets.UTF_8);
    in.send(
        List.of(
            new ProducerRecord<>(from, 0, key, value), new ProducerRecord<>(from, 0, null, value)));
    Program program = new Program(folder);
    program.write(
        """
        sources:
          in:
            kafka: { brokers: "%1$s", topic: %2$s, format: json }
            schema: { id: int }
        sinks:
          out:
            kafka: { brokers: "%1$s", topic: %2$s-out, key: meta.key_bytes, format: json }
        run: { mode: micro_batch, delivery: %3$s }
        """
            .formatted(broker.address(), from, delivery));

    Outcome outcome = program.run();

    assertEquals(0, outcome.code(), outcome::text);
    assertArrayEquals(key, out.records().get(0).key());
    assertEquals(null, out.records().get(1).key());
  }

  @Test
  void eachFormatMakesARecordOfEachRow() throws Exception {
    Map<String, List<String>> expected =
        Map.of(
            "{ csv: { header: false } }", List.of("0,n0", "1,n1", "2,", "3,n3", "4,n4"),
            "{ text: { line: \"{id}\\n{name}\" } }",
                List.of("0\nn0", "1\nn1", "2\n", "3\nn3", "4\nn4"),
            "{ json: array }",
                List.of(
                    "[\n{\"id\":0,\"name\":\"n0\"}\n]",
                    "[\n{\"id\":1,\"name\":\"n1\"}\n]",
                    "[\n{\"id\":2,\"name\":null}\n]",
                    "[\n{\"id\":3,\"name\":\"n3\"}\n]",
                    "[\n{\"id\":4,\"name\":\"n4\"}\n]"));
    int number = 0;
    for (Map.Entry<String, List<String>> format : expected.entrySet()) {
      Topic topic = Topic.make(broker, "format" + number, 1);
      Program program = new Program(folder);
      program.write(
          """
          sources:
            rows:
              generator: { count: 5, fields: { id: n, name: "if(n == 2, null, 'n' + n)" } }
          sinks:
            out:
              kafka: { brokers: "%s", topic: format%d, format: %s }
          """
              .formatted(broker.address(), number, format.getKey()));
      Outcome outcome = program.run();
      assertEquals(0, outcome.code(), outcome::text);
      assertEquals(format.getValue(), topic.values(), format.getKey());
      number++;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"at_least_once", "exactly_once"})
  void whatBrokersWouldRefuseIsADeadLetterAndTheRestGoesOn(String delivery) throws Exception {
    String way = delivery.substring(0, 2);
    Topic all = Topic.make(broker, "ids-" + way, 1, Map.of("max.message.bytes", "2000"));
    Topic keyed = Topic.make(broker, "keyed-" + way, 1, Map.of("cleanup.policy", "compact"));
    Program program = new Program(folder);
    program.write(
        """
        sources:
          rows:
            generator:
              count: 6
              fields:
                id: n
                name: if(n == 2, null, 'n' + n)
                long: if(n == 3, repeat('x', 3000), '')
                to: if(n == 1, 'nowhere', if(n == 0, 'no/name', 'ids-%1$s'))
        transforms:
          both:
            route: { cases: { big: id == 3, small: id == 2 } }
        sinks:
          ids:
            from: [both.big, both.small, both.otherwise]
            kafka: { brokers: "%2$s", topic: "{to}", partition: "if(id == 4, 7, 0)", format: json }
          keyed:
            from: [both.small, both.otherwise]
            kafka: { brokers: "%2$s", topic: keyed-%1$s, key: name, format: json }
          timed:
            from: both.otherwise
            kafka:
              brokers: "%2$s"
              topic: ids-%1$s
              timestamp: if(id == 5, to_timestamp('1969-01-01T00:00:00Z'), if(id == 4, to_timestamp('2200-01-01T00:00:00Z'), now()))
              format: { text: { line: "timed {id}" } }
        dead_letter:
          file: { path: dead/, format: json }
          stop_above: { rate: 100%%, of_last: 1000 }
        run:
          delivery: at_least_once
          mode: micro_batch
        """
            .formatted(way, broker.address())
            .replace("  delivery: at_least_once", "  delivery: " + delivery));

    Outcome outcome = program.run();

    assertEquals(0, outcome.code(), outcome::text);
    String dead = String.join("\n", program.lines("dead"));
    assertTrue(dead.contains("no partition 7") || dead.contains(", and none 7"), dead);
    assertTrue(dead.contains("there is no topic `nowhere`"), dead);
    assertTrue(dead.contains("`no/name`, which no topic can be called"), dead);
    assertTrue(dead.contains("`max.message.bytes` of the topic is 2000"), dead);
    assertTrue(dead.contains("takes no record without a key"), dead);
    assertTrue(dead.contains("cannot lie before 1970"), dead);
    assertTrue(dead.contains("message.timestamp.after.max.ms"), dead);
    assertEquals(7, program.lines("dead").size(), dead);
    assertEquals(
        List.of("2", "5", "timed 0", "timed 1"),
        all.values().stream().map(v -> v.replaceAll(".*\"id\":(\\d).*", "$1")).sorted().toList());
    assertEquals(
        List.of("0", "1", "4", "5"),
        keyed.values().stream().map(v -> v.replaceAll(".*\"id\":(\\d).*", "$1")).toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"at_least_once", "exactly_once"})
  void whatBrokersRefuseUnexpectedlyIsADeadLetterToo(String delivery) throws Exception {
    // Whether it is small enough is known only once it is compressed: 0 is, 3 is not.
    String way = delivery.substring(0, 2);
    Topic topic = Topic.make(broker, "packed-" + way, 1, Map.of("max.message.bytes", "4000"));
    Program program = new Program(folder);
    program.write(
        """
        sources:
          rows:
            generator:
              count: 5
              fields:
                id: n
                noise: if(n == 3, collect_hashes(n), repeat('x', 6000))
        sinks:
          out:
            kafka: { brokers: "%s", topic: packed-%s, compression: gzip, format: json }
        dead_letter:
          file: { path: dead/, format: json }
        run: { delivery: %s, mode: micro_batch }
        """
            .formatted(broker.address(), way, delivery)
            .replace(
                "collect_hashes(n)",
                IntStream.range(0, 120)
                    .mapToObj(i -> "sha256('" + i + "')")
                    .reduce((a, b) -> a + " + " + b)
                    .orElseThrow()));

    Outcome outcome = program.run();

    assertEquals(0, outcome.code(), outcome::text);
    assertEquals(4, topic.values().size());
    List<String> dead = program.lines("dead");
    assertEquals(1, dead.size(), dead::toString);
    assertTrue(dead.get(0).contains("the brokers refuse the record"), dead::toString);
    assertTrue(dead.get(0).contains("\"id\":3"), dead::toString);
  }

  private Program guarded(String topic, String password) throws IOException {
    Program program =
        five(
            "auth: { user: reader, password: %s, mechanism: plain }, topic: %s, format: json"
                .formatted(password, topic),
            "dead_letter:\n  file: { path: dead/, format: json }\n");
    program.write(program.text().replace(broker.address(), broker.guardedAddress()));
    return program;
  }

  @Test
  void missingTopicsWrongPasswordsAndMissingRightsAreSaid() throws Exception {
    Topic topic = Topic.make(broker, "guarded", 1);

    Outcome missing = five("topic: nowhere, format: json", "").run();
    assertEquals(7, missing.code(), missing::text);
    assertTrue(missing.text().contains("pipeline.yaml:10:3  R310"), missing::text);
    assertTrue(missing.text().contains("there is no such topic"), missing::text);
    assertTrue(missing.text().contains("check the name, or make the topic"), missing::text);

    Outcome wrong = guarded("guarded", "wrong").run();
    assertEquals(7, wrong.code(), wrong::text);
    assertTrue(wrong.text().contains("refuse the user `reader`"), wrong::text);

    Outcome right = guarded("guarded", "right").run();
    assertEquals(0, right.code(), right::text);
    assertEquals(5, topic.values().size());

    topic.deny("reader", AclOperation.WRITE);
    Outcome denied = guarded("guarded", "right").run();
    assertEquals(7, denied.code(), denied::text);
    assertTrue(denied.text().contains("may not do this"), denied::text);
    Outcome late = guarded("guarded", "right").run("--state", "state");
    assertEquals(7, late.code(), late::text);
    assertTrue(late.text().contains("may not do this"), late::text);
    // The epoch is decided, and waits for the rights.
    topic.allowAgain();
    Outcome again = guarded("guarded", "right").run("--state", "state");
    assertEquals(0, again.code(), again::text);
    assertEquals(10, topic.values().size());
  }

  @Test
  void settingsThatMayNotBeSeenAreNotNeeded() throws Exception {
    Topic topic = Topic.make(broker, "unseen", 1, Map.of("max.message.bytes", "1000"));
    topic.deny("reader", AclOperation.DESCRIBE_CONFIGS);
    for (String dead : List.of("dead", "other")) {
      Program program = guarded("unseen", "right");
      program.write(
          program
              .text()
              .replace("name: if(n == 2, null, 'n' + n)", "name: repeat('x', n * 300)")
              .replace("dead/", dead + "/"));

      Outcome outcome = dead.equals("dead") ? program.run() : program.run("--state", "state");

      assertEquals(0, outcome.code(), outcome::text);
      assertEquals(2, program.lines(dead).size(), outcome::text);
    }
    assertEquals(6, topic.values().size());
  }
}
