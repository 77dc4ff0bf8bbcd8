package io.penstock.connectors.kafka.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reference pipeline does between topics what its own tests say, also where it is killed. */
final class PaymentsTest {
  @TempDir Path folder;

  @Test
  void eachAlertIsThereOnceThoughPaymentsAreRepeatedAndTheProcessIsKilled() throws Exception {
    try (Broker broker = Broker.in(Files.createDirectories(folder.resolve("broker")))) {
      Payments payments = Payments.in(folder.resolve("run"), broker);

      Program.Outcome outcome = payments.run(1);

      assertEquals(0, outcome.code(), outcome::text);
      assertEquals(ids("p-", payments.sent()), ids(payments.large()), outcome::text);
      assertEquals(ids("q-", payments.sent()), ids(payments.foreign()));
      assertEquals(payments.sent() / 50, payments.dead().size());
      ConsumerRecord<byte[], byte[]> first = payments.large().get(0);
      assertEquals("large", header(first, "rule"));
      assertEquals("payments/", header(first, "from").substring(0, 9));
    }
  }

  private static List<String> ids(String prefix, int count) {
    return IntStream.range(0, count).mapToObj(n -> prefix + n).sorted().toList();
  }

  private static List<String> ids(List<ConsumerRecord<byte[], byte[]>> records) {
    return records.stream()
        .map(r -> new String(r.value(), StandardCharsets.UTF_8))
        .map(text -> text.replaceAll(".*\"payment_id\":\"([^\"]+)\".*", "$1"))
        .sorted()
        .toList();
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }
}
