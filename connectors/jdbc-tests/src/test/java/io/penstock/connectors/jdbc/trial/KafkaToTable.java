package io.penstock.connectors.jdbc.trial;

import io.penstock.connectors.jdbc.trial.Program.Outcome;
import io.penstock.connectors.kafka.trial.Broker;
import io.penstock.connectors.kafka.trial.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/** A topic of Kafka, which is fed all the time, to a table. */
final class KafkaToTable implements Kills.Trial {
  private static final int LOT = 100;
  private static final int LOOK_MILLIS = 100;
  private static final int LOOKS = 600;

  private final Topic topic;
  private final String brokers;
  private final Server server;
  private final Path folder;
  private final String mode;
  private final Judge judge;
  private long fed;

  private KafkaToTable(
      Topic topic, String brokers, Server server, Path folder, String mode, String table) {
    this.topic = topic;
    this.brokers = brokers;
    this.server = server;
    this.folder = folder;
    this.mode = mode;
    this.judge = new Judge(server, table);
  }

  /**
   * A trial with a topic of its own.
   *
   * @param name the table's and the topic's
   */
  static KafkaToTable make(Broker broker, Server server, Path folder, String mode, String name)
      throws ExecutionException, InterruptedException {
    return new KafkaToTable(
        Topic.make(broker, name, 3), broker.address(), server, folder, mode, name);
  }

  @Override
  public Program begin() throws IOException, SQLException {
    judge.make();
    Program program = new Program(Files.createDirectories(folder));
    program.write(
        """
        sources:
          in:
            kafka: { brokers: "%1$s", topic: %2$s, group: %2$s, timeout: 5s, format: json }
            schema: { seq: int, name: string, amount: 'decimal(12,2)', checksum: int }
        sinks:
          out:
            jdbc: { %3$s, table: %2$s, epochs: %2$s_epochs, timeout: 30s }
        run:
          mode: %4$s
          delivery: exactly_once
          checkpoint: 100ms
        """
            .formatted(brokers, judge.table(), server.options(), mode));
    return program;
  }

  @Override
  public void feed() {
    topic.send(
        LongStream.range(fed, fed + LOT)
            .mapToObj(seq -> topic.keyed("key-" + seq % 97, Judge.line(seq)))
            .toList());
    fed += LOT;
  }

  /** How many records were sent. */
  long fed() {
    return fed;
  }

  @Override
  public long epoch() throws SQLException {
    return judge.epoch();
  }

  @Override
  public Outcome toTheEnd(Program program) throws IOException, InterruptedException, SQLException {
    Process run = program.start();
    if (mode.equals("continuous")) {
      for (int look = 0; look < LOOKS && judge.different() < fed; look++) {
        if (run.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
          break;
        }
      }
      run.destroy();
    }
    return program.ended(run);
  }

  @Override
  public Kills.Verdict verdict() throws SQLException {
    return judge.verdict(fed);
  }
}
