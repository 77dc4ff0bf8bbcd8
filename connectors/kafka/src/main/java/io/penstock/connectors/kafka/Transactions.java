package io.penstock.connectors.kafka;

import io.penstock.api.option.Patience;
import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.sink.Rejects;
import io.penstock.api.sink.SinkRows;
import io.penstock.api.sink.SpoolReader;
import io.penstock.api.system.Clock;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTxnTimeoutException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/**
 * Delivers each epoch in one transaction, together with a mark that tells its number; what was sent
 * of it before the decision has only to be committed. Where it is not known what became of a
 * transaction, the mark says. Producers take turns, so that none waits until the brokers have told
 * all partitions of its last transaction's end.
 */
final class Transactions implements AutoCloseable {
  private static final int MOST_TRIES = 50;

  private final Slots slots;
  private final EarlyTransactions early;
  private final EpochTopic epochs;
  private final RecordMaker maker;
  private final Failure failure;
  private final Clock clock;
  private final Duration timeout;
  private final Patience giveUpAfter;
  private EpochMark mark = EpochMark.NONE;

  Transactions(
      KafkaSinkConfig config,
      Slots slots,
      EarlyTransactions early,
      EpochTopic epochs,
      RecordMaker maker,
      Failure failure,
      Clock clock) {
    this.slots = slots;
    this.early = early;
    this.epochs = epochs;
    this.maker = maker;
    this.failure = failure;
    this.clock = clock;
    this.timeout = config.transactionTimeout();
    this.giveUpAfter = config.retries().giveUpAfter();
  }

  /** Ends what other processes of this run have open, then sees how far they came. */
  void begin() throws IOException {
    epochs.make();
    Deadline deadline = deadline();
    for (Slot slot : slots.all()) {
      renew(slot, deadline);
    }
    mark = epochs.read();
  }

  /** Sends rows before they are decided. */
  EarlyTransactions early() {
    return early;
  }

  /** The last epoch that was delivered; 0 for none. */
  long lastEpoch() {
    return mark.epoch();
  }

  /** Delivers an epoch, unless that was done before. */
  Rejects deliver(long epoch, long previous, SpoolReader rows) throws IOException {
    Deadline deadline = deadline();
    Map<Integer, Rejects.Reject> refused = new TreeMap<>();
    Optional<EarlyTransactions.Lot> sent = early.take(epoch);
    if (sent.isPresent()) {
      verify(epoch, previous);
      finish(sent.get(), rows.rows(), refused, deadline);
      slots.free(sent.get().slot());
    }
    if (mark.epoch() != epoch) {
      // One of them may be sending what comes after this epoch.
      Slot slot = slots.take().orElseThrow();
      while (mark.epoch() != epoch) {
        verify(epoch, previous);
        attempt(slot, epoch, rows, refused, deadline);
      }
      slots.free(slot);
    }
    early.delivered(epoch);
    return mark.rejects();
  }

  /** Commits what was sent before, or gives it up where it is not all or not right. */
  private void finish(
      EarlyTransactions.Lot lot, long rows, Map<Integer, Rejects.Reject> refused, Deadline deadline)
      throws IOException {
    KafkaProducer<byte[], byte[]> producer = lot.slot().producer();
    try {
      if (!lot.isWhole(rows)) {
        producer.abortTransaction();
        return;
      }
      producer.flush();
      lot.records().sent().all(Transactions::fail);
      commit(producer, deadline);
      mark = lot.mark();
    } catch (KafkaException | IllegalStateException wrong) {
      refused(lot.records(), refused);
      KafkaException why =
          wrong instanceof KafkaException known ? known : new KafkaException(wrong);
      resolve(lot.slot(), why, clock.nanos() - lot.begunNanos(), deadline);
    }
  }

  /** Of a batch, one record may be refused, and the others only with it. */
  private static void refused(EpochRecords sent, Map<Integer, Rejects.Reject> refused) {
    sent.sent().done((row, why) -> Sent.reject(row, why).ifPresent(r -> refused.put(row, r)));
  }

  private void verify(long epoch, long previous) {
    if (mark.epoch() > epoch) {
      throw takenOver("it has delivered epoch " + mark.epoch() + ", and this one is at " + epoch);
    }
    if (mark.epoch() != previous) {
      throw failure.problem(
          ProblemCode.R302,
          "the last epoch of this run in `"
              + epochs.name()
              + "` is "
              + (mark.epoch() == 0 ? "none" : mark.epoch())
              + ", and "
              + previous
              + " was delivered: it is not known whether epoch "
              + epoch
              + " was",
          "bring that topic back, or begin anew with `--fresh`");
    }
  }

  private PipelineException takenOver(String why) {
    return failure.problem(
        ProblemCode.R301,
        "another process delivers for this run: " + why,
        "another process runs with a copy of this state: stop one of them");
  }

  private void attempt(
      Slot slot,
      long epoch,
      SpoolReader rows,
      Map<Integer, Rejects.Reject> refused,
      Deadline deadline)
      throws IOException {
    long begun = clock.nanos();
    int known = refused.size();
    try {
      KafkaProducer<byte[], byte[]> producer = slot.producer();
      producer.beginTransaction();
      EpochMark done = send(producer, epoch, rows, refused);
      commit(producer, deadline);
      mark = done;
    } catch (KafkaException wrong) {
      if (refused.size() == known) {
        deadline.tried(wrong);
      }
      resolve(slot, wrong, clock.nanos() - begun, deadline);
    } catch (IOException | PipelineException wrong) {
      // Nothing of it is to be seen; what is open ends with the producer, or by its time.
      slot.close();
      throw wrong;
    }
  }

  /**
   * Sends all rows but those that were refused before, and the mark right behind them: should more
   * rows be refused, the transaction is of no use, and the mark is not to be seen either.
   */
  private EpochMark send(
      KafkaProducer<byte[], byte[]> producer,
      long epoch,
      SpoolReader rows,
      Map<Integer, Rejects.Reject> refused)
      throws IOException {
    EpochRecords sent = new EpochRecords();
    refused.values().forEach(sent::add);
    rows.rewind();
    try {
      for (Optional<SinkRows> next = rows.next(); next.isPresent(); next = rows.next()) {
        Rejects made =
            maker.make(
                next.get(),
                (row, record, taken) -> {
                  if (!refused.containsKey(sent.number(row))) {
                    sent.sent(row, producer.send(record));
                  }
                });
        sent.end(next.get().rows().size(), made);
        sent.sent().answered(Transactions::fail);
      }
      EpochMark done = new EpochMark(epoch, sent.rejects());
      for (ProducerRecord<byte[], byte[]> record : epochs.records(done)) {
        var unused = producer.send(record);
      }
      producer.flush();
      sent.sent().all(Transactions::fail);
      return done;
    } catch (KafkaException wrong) {
      refused(sent, refused);
      throw wrong;
    }
  }

  private static void fail(int row, KafkaException why) {
    throw why;
  }

  /** Asked once more where the answer is late: the brokers know whether it is the same question. */
  private static void commit(KafkaProducer<byte[], byte[]> producer, Deadline deadline) {
    while (true) {
      try {
        producer.commitTransaction();
        return;
      } catch (TimeoutException late) {
        deadline.waited(late);
      }
    }
  }

  /**
   * Ends a transaction that went wrong; the next look at the mark tells whether it did after all.
   */
  private void resolve(Slot slot, KafkaException wrong, long nanos, Deadline deadline)
      throws IOException {
    refuseHopeless(wrong);
    boolean fenced = isFenced(wrong);
    try {
      slot.producer().abortTransaction();
      mark = epochs.read();
      return;
    } catch (KafkaException | IllegalStateException second) {
      fenced |= isFenced(second);
    }
    // Brokers also take away from a producer what it has had open for too long.
    if (fenced && nanos < timeout.toNanos()) {
      throw takenOver("the brokers have given its transactions (`" + slot.id() + "`) to that one");
    }
    renew(slot, deadline);
    mark = epochs.read();
  }

  private static boolean isFenced(Throwable thrown) {
    return Failure.isCausedBy(thrown, ProducerFencedException.class)
        || Failure.isCausedBy(thrown, InvalidProducerEpochException.class);
  }

  private void refuseHopeless(KafkaException wrong) {
    List<Class<? extends ApiException>> hopeless =
        List.of(
            AuthenticationException.class,
            AuthorizationException.class,
            InvalidTxnTimeoutException.class,
            UnsupportedVersionException.class);
    if (hopeless.stream().anyMatch(type -> Failure.isCausedBy(wrong, type))) {
      throw failure.of("the rows cannot be sent", wrong);
    }
  }

  private void renew(Slot slot, Deadline deadline) throws IOException {
    KafkaProducer<byte[], byte[]> producer = slot.renew();
    while (true) {
      try {
        producer.initTransactions();
        return;
      } catch (TimeoutException late) {
        deadline.waited(late);
      } catch (KafkaException wrong) {
        refuseHopeless(wrong);
        deadline.tried(wrong);
        producer = slot.renew();
      }
    }
  }

  private Deadline deadline() {
    return new Deadline(clock.nanos());
  }

  /** How long is tried; after it the epoch stays decided, and the next start delivers it. */
  private final class Deadline {
    private final long since;
    private int tries;

    Deadline(long since) {
      this.since = since;
    }

    void waited(KafkaException wrong) {
      if (giveUpAfter.isOver(clock.nanos() - since)) {
        throw failure.of(
            "the rows cannot be sent for " + (clock.nanos() - since) / 1_000_000_000 + " s", wrong);
      }
    }

    /** Once more, where brokers answer and the answer is no: not for ever. */
    void tried(KafkaException wrong) {
      waited(wrong);
      tries++;
      if (tries > MOST_TRIES) {
        throw failure.of("the rows cannot be sent, tried " + MOST_TRIES + " times", wrong);
      }
    }
  }

  @Override
  public void close() {
    early.close();
    slots.close();
  }
}
