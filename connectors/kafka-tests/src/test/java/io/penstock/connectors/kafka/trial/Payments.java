package io.penstock.connectors.kafka.trial;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The pipeline {@code pipelines/payment-alerts} between topics of a broker, killed in its midst.
 */
final class Payments {
  private static final int EACH = 50;

  private final Topic payments;
  private final Topic large;
  private final Topic foreign;
  private final Topic dead;
  private final Program program;
  private final Broker broker;
  private int sent;

  private Payments(Broker broker, Program program, List<Topic> topics) {
    this.broker = broker;
    this.program = program;
    this.payments = topics.get(0);
    this.large = topics.get(1);
    this.foreign = topics.get(2);
    this.dead = topics.get(3);
  }

  /** Makes the topics and takes the pipeline as it stands in the repository. */
  static Payments in(Path folder, Broker broker) throws Exception {
    Path root = Path.of(System.getProperty("penstock.root", "../.."));
    Program program = new Program(Files.createDirectories(folder));
    program.write(Files.readString(root.resolve("pipelines/payment-alerts/pipeline.yaml")));
    List<Topic> topics = new ArrayList<>();
    for (String name :
        List.of("payments", "alerts-large", "alerts-foreign", "payments-dead", "payments-late")) {
      topics.add(Topic.make(broker, name, 2));
    }
    return new Payments(broker, program, topics);
  }

  /** Sends payments; of four that differ one is large, one foreign, one a repeated large one. */
  private void send() {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < EACH; i++, sent++) {
      texts.add(payment("p-" + sent, sent, "FR", 10_000 + sent));
      texts.add(payment("q-" + sent, sent, "BR", 1_000));
      texts.add(payment("p-" + sent, sent, "FR", 10_000 + sent));
      texts.add(payment("r-" + sent, sent, "DE", 1_000));
    }
    texts.add("{not json");
    payments.send(texts.stream().map(text -> payments.keyed("a", text)).toList());
  }

  private static String payment(String id, int number, String country, int amount) {
    return """
        {"payment_id":"%s","account":"a-%d","country":"%s","amount":%d,"currency":"EUR",\
        "paid_at":"2026-01-01T00:00:%02d.%03dZ"}"""
        .formatted(id, number % 7, country, amount, number / 1000, number % 1000);
  }

  private Process start() throws IOException {
    return program.start(Map.of("KAFKA_BROKERS", broker.address()), List.of(), "--state", "state");
  }

  /** Sends and kills so often, then lets all come out; how the last run ended. */
  Program.Outcome run(int kills) throws Exception {
    for (int i = 0; i < kills; i++) {
      Process process = start();
      for (int j = 0; j < 12; j++) {
        send();
        boolean unused = process.waitFor(200, TimeUnit.MILLISECONDS);
      }
      process.destroyForcibly().waitFor();
    }
    send();
    Process last = start();
    for (int i = 0; i < 600 && last.isAlive() && !large.holds(sent); i++) {
      boolean unused = last.waitFor(100, TimeUnit.MILLISECONDS);
    }
    last.destroy();
    return program.ended(last);
  }

  /** How many payments of each kind were sent. */
  int sent() {
    return sent;
  }

  /** The large ones' alerts. */
  List<ConsumerRecord<byte[], byte[]>> large() {
    return large.records();
  }

  List<ConsumerRecord<byte[], byte[]>> foreign() {
    return foreign.records();
  }

  List<ConsumerRecord<byte[], byte[]>> dead() {
    return dead.records();
  }

  /** What {@code engine/bench/payments.sh} starts. */
  public static void main(String[] words) throws Exception {
    Path folder = Path.of(words[0]).toAbsolutePath();
    try (Broker broker = Broker.in(Files.createDirectories(folder.resolve("broker")))) {
      Payments payments = in(folder.resolve("run"), broker);
      Program.Outcome outcome = payments.run(2);
      System.out.println(outcome.text());
      Stream.of(payments.large(), payments.foreign(), payments.dead())
          .forEach(
              records -> {
                records.stream().limit(3).forEach(r -> System.out.println(shown(r)));
                System.out.println("... " + records.size() + " in all");
              });
      System.out.println(payments.sent() + " payments of each kind were sent");
    }
  }

  private static String shown(ConsumerRecord<byte[], byte[]> record) {
    String key = record.key() == null ? "-" : new String(record.key(), StandardCharsets.UTF_8);
    return record.topic() + "  " + key + "  " + new String(record.value(), StandardCharsets.UTF_8);
  }
}
