package io.penstock.connectors.kafka;

import io.penstock.api.problem.ProblemCode;
import io.penstock.api.sink.EarlyRows;
import io.penstock.api.sink.Rejects;
import io.penstock.api.sink.Sink;
import io.penstock.api.sink.SinkContext;
import io.penstock.api.sink.SinkWriter;
import io.penstock.api.sink.SpoolReader;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;

/**
 * Topics: rows go out at once, or epoch by epoch in transactions once they are decided. A run that
 * writes at once may still have an epoch to deliver that an earlier one has decided.
 */
final class KafkaSink implements Sink {
  // Where epochs are short, two would wait for the brokers to be through with their last one.
  private static final int PRODUCERS = 4;

  private final KafkaSinkConfig config;
  private @Nullable Open open;
  private @Nullable Transactions transactions;

  private record Open(SinkContext run, Failure failure, Producers clients, Admin admin) {}

  KafkaSink(KafkaSinkConfig config) {
    this.config = config;
  }

  @Override
  public void open(SinkContext run) throws IOException {
    Failure failure = new Failure(run.step(), config.client(), ProblemCode.R310);
    Producers clients = new Producers(config, run, failure);
    open = new Open(run, failure, clients, clients.admin());
    String topic = config.topic().prefix();
    if (config.topic().isConstant() && topics().limits(topic).isEmpty()) {
      throw failure.problem(
          ProblemCode.R310,
          "topic `"
              + topic
              + "` cannot be written: there is no such topic at `"
              + config.client().shown()
              + "`",
          "check the name, or make the topic");
    }
  }

  private Open opened() {
    Open now = open;
    if (now == null) {
      throw new IllegalStateException("not open");
    }
    return now;
  }

  private TargetTopics topics() {
    return new TargetTopics(opened().admin(), opened().failure(), opened().run().clock());
  }

  private RecordMaker maker() {
    return new RecordMaker(config, opened().run(), topics(), opened().clients().largest());
  }

  @Override
  public SinkWriter writer(int index) throws IOException {
    return new PlainWriter(opened().clients().plain(), maker(), opened().failure());
  }

  @Override
  public OptionalLong lastEpoch() throws IOException {
    return OptionalLong.of(transactions().lastEpoch());
  }

  @Override
  public Rejects deliver(long epoch, long previous, SpoolReader rows) throws IOException {
    return transactions().deliver(epoch, previous, rows);
  }

  @Override
  public Optional<EarlyRows> earlyRows() throws IOException {
    return Optional.of(transactions().early());
  }

  private Transactions transactions() throws IOException {
    Transactions begun = transactions;
    if (begun != null) {
      return begun;
    }
    SinkContext run = opened().run();
    Duration patience = config.transactionTimeout().plus(config.timeout());
    EpochTopic epochs =
        new EpochTopic(opened().admin(), opened().clients(), opened().failure(), run, patience);
    Slots slots =
        new Slots(
            IntStream.range(0, PRODUCERS)
                .mapToObj(n -> "penstock-" + run.run() + "-" + run.step() + "-" + n)
                .map(id -> new Slot(opened().clients(), id))
                .toList());
    EarlyTransactions early = new EarlyTransactions(slots, maker(), epochs, run.clock());
    Transactions made =
        new Transactions(config, slots, early, epochs, maker(), opened().failure(), run.clock());
    transactions = made;
    made.begin();
    return made;
  }

  @Override
  public String location() {
    return config.topic().text();
  }

  @Override
  public void close() {
    Transactions begun = transactions;
    transactions = null;
    if (begun != null) {
      begun.close();
    }
    Open now = open;
    open = null;
    if (now != null) {
      now.admin().close(config.timeout());
    }
  }
}
