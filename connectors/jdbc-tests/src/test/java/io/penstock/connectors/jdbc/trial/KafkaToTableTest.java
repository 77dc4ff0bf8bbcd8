package io.penstock.connectors.jdbc.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.connectors.jdbc.trial.Program.Outcome;
import io.penstock.connectors.kafka.trial.Broker;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From Kafka to PostgreSQL nothing is lost or doubled, however often the process is killed. */
final class KafkaToTableTest {
  private static final int KILLS = 5;

  @TempDir static Path data;
  @TempDir static Path logs;
  private static Postgres server;
  private static Broker broker;

  @TempDir Path folder;

  @BeforeAll
  static void starts() throws Exception {
    server = Postgres.in(data);
    broker = Broker.in(Files.createDirectories(logs.resolve("broker")));
  }

  @AfterAll
  static void ends() {
    broker.close();
    server.close();
  }

  @Test
  void everyRecordIsARowOnceAfterKillsOfTheProcess() throws Exception {
    KafkaToTable trial = KafkaToTable.make(broker, server, folder, "continuous", "records");
    Kills kills = new Kills(server, trial, 11);

    assertEquals(Kills.Verdict.CLEAN, kills.ofTheProcess(KILLS));
    assertEquals(KILLS, kills.kills());
    assertTrue(kills.amid() > 0 && trial.fed() > 0);
  }

  @Test
  void theReferencePipelineBringsEachOrderOnce() throws Exception {
    OrderIntake intake = OrderIntake.in(folder, broker, server);

    Outcome outcome = intake.run(1);

    assertEquals(0, outcome.code(), outcome::text);
    int sent = intake.sent();
    assertEquals("%d %d %d %d".formatted(sent, sent, 2 * sent, 2 * sent), intake.counts());
  }
}
