package io.penstock.connectors.kafka.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.core.runner.CrashPoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A process between two topics that is killed loses and doubles nothing. */
final class KafkaKillTest {
  private static final int KILLS = 5;

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

  /** By the seeds, an epoch takes 20 ms and 100 ms. */
  @ParameterizedTest
  @CsvSource({"continuous, 10", "micro_batch, 7"})
  void everyRecordIsThereOnceAfterKills(String mode, long seed) throws Exception {
    KafkaKills kills = new KafkaKills(broker, new Random(seed));

    assertEquals(Verdict.CLEAN, kills.round(folder, "random-" + mode, mode, KILLS));
  }

  @ParameterizedTest
  @ValueSource(strings = {"continuous", "micro_batch"})
  void everyRecordIsThereOnceAfterAKillAtEachPlaceThatHasAName(String mode) throws Exception {
    Flow flow = Flow.make(broker, folder, "named-" + mode, mode);
    List<String> missed = new ArrayList<>();
    for (CrashPoint point : points(mode)) {
      flow.feed(500);
      Process process = flow.start("-Dcrashpoint=" + point.text() + ":1");
      if (!flow.feedsUntil(process, 10_000)) {
        process.destroyForcibly().waitFor();
      }
      if (process.exitValue() != 137) {
        missed.add(point.text());
      }
    }

    flow.feed(1);
    Program.Outcome end = flow.toTheEnd(flow.start());

    assertEquals(0, end.code(), end::text);
    assertEquals(Verdict.CLEAN, flow.verdict());
    assertEquals(List.of(), missed);
  }

  /**
   * The places around a decision; those before it are the state's alone, and tried without Kafka.
   */
  private static List<CrashPoint> points(String mode) {
    List<CrashPoint> points = new ArrayList<>();
    if (mode.equals("micro_batch")) {
      points.add(CrashPoint.PLAN_DURABLE);
    }
    points.add(CrashPoint.SINK_FORCED);
    points.addAll(
        Arrays.stream(CrashPoint.values())
            .filter(p -> p.compareTo(CrashPoint.CHECKPOINT_FORCED) >= 0)
            .toList());
    return points;
  }

  @Test
  void theJudgeSeesWhatIsLostDoubledReorderedAndCorrupt() {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int seq : new int[] {0, 1, 38, 1, 5, 3, 9}) {
      String text = seq == 5 ? "{\"seq\":5}" : Verdict.value(seq);
      records.add(
          new ConsumerRecord<>("out", 0, records.size(), bytes(Verdict.key(seq)), bytes(text)));
    }

    Verdict verdict = Verdict.of(records, 9);

    // 0, 1 and 3 are there, 38 and 9 are nobody's, 5 is broken; 1 is there twice.
    assertEquals(new Verdict(6, 1, 0, 1, 2), verdict);
    assertEquals(1, Verdict.of(List.of(records.get(2), records.get(1)), 40).reordered());
    assertTrue(Verdict.CLEAN.plus(verdict).equals(verdict));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
