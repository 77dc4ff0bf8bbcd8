package io.penstock.connectors.kafka;

import io.penstock.api.sink.EarlyRows;
import io.penstock.api.sink.Rejects;
import io.penstock.api.sink.SinkRows;
import io.penstock.api.system.Clock;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Sends the rows of short epochs as they come, so that once an epoch is decided its transaction has
 * only to be committed. Long epochs are left alone: a transaction that is open holds up readers of
 * whatever others write to the same partitions.
 */
final class EarlyTransactions implements EarlyRows, AutoCloseable {
  private static final Duration SHORT = Duration.ofMillis(200);

  private final Slots slots;
  private final RecordMaker maker;
  private final EpochTopic epochs;
  private final Clock clock;
  private final Map<Long, Lot> ended = new HashMap<>();
  private @Nullable Lot open;
  private boolean anyRows;
  private boolean wasShort;
  private long firstNanos;

  EarlyTransactions(Slots slots, RecordMaker maker, EpochTopic epochs, Clock clock) {
    this.slots = slots;
    this.maker = maker;
    this.epochs = epochs;
    this.clock = clock;
  }

  /** What was sent of an epoch. */
  static final class Lot {
    private final Slot slot;
    private final long begunNanos;
    private final Refusals refusals = new Refusals();
    private boolean spoiled;
    private EpochMark mark = EpochMark.NONE;

    private Lot(Slot slot, long begunNanos) {
      this.slot = slot;
      this.begunNanos = begunNanos;
    }

    Slot slot() {
      return slot;
    }

    /** When its transaction was begun. */
    long begunNanos() {
      return begunNanos;
    }

    /** Whether all these rows and the mark are sent, and nothing is known to be wrong with them. */
    boolean isWhole(long rows) {
      return !spoiled && refusals.rows() == rows;
    }

    EpochMark mark() {
      return mark;
    }

    Refusals refusals() {
      return refusals;
    }
  }

  @Override
  public void write(long epoch, SinkRows rows) throws IOException {
    if (!anyRows) {
      anyRows = true;
      firstNanos = clock.nanos();
      open = begin();
    }
    Lot lot = open;
    if (lot == null || lot.spoiled) {
      return;
    }
    try {
      Refusals to = lot.refusals;
      Rejects made =
          maker.make(
              rows,
              (row, record, taken) -> {
                if (taken == Acceptance.Answer.YES && !lot.spoiled) {
                  to.sent(row, lot.slot.producer().send(record));
                } else {
                  // Only the brokers can tell, and a refused record spoils its transaction.
                  lot.spoiled = true;
                }
              });
      to.end(rows.rows().size(), made);
      to.sent().answered((row, why) -> lot.spoiled = true);
    } catch (IOException | RuntimeException wrong) {
      // What is wrong is met again, and told, when the epoch is delivered.
      lot.spoiled = true;
    }
  }

  private @Nullable Lot begin() {
    Optional<Slot> slot = wasShort ? slots.take() : Optional.empty();
    if (slot.isEmpty()) {
      return null;
    }
    Lot lot = new Lot(slot.get(), firstNanos);
    try {
      lot.slot.producer().beginTransaction();
    } catch (KafkaException | IllegalStateException wrong) {
      lot.spoiled = true;
    }
    return lot;
  }

  @Override
  public void ended(long epoch) {
    Lot lot = open;
    open = null;
    anyRows = false;
    wasShort = clock.nanos() - firstNanos < SHORT.toNanos();
    if (lot == null) {
      return;
    }
    try {
      if (!lot.spoiled) {
        lot.mark = new EpochMark(epoch, lot.refusals.rejects());
        for (ProducerRecord<byte[], byte[]> record : epochs.records(lot.mark)) {
          var unused = lot.slot.producer().send(record);
        }
      }
    } catch (KafkaException | IllegalStateException wrong) {
      lot.spoiled = true;
    }
    synchronized (ended) {
      ended.put(epoch, lot);
    }
  }

  /** Gives up what is open, so that readers need not wait until the brokers do. */
  @Override
  public void close() {
    Optional.ofNullable(open).ifPresent(EarlyTransactions::giveUp);
    synchronized (ended) {
      ended.values().forEach(EarlyTransactions::giveUp);
    }
  }

  private static void giveUp(Lot lot) {
    try {
      if (!lot.spoiled) {
        lot.slot.producer().abortTransaction();
      }
    } catch (KafkaException | IllegalStateException wrong) {
      // Then it ends by its time, or with the next start.
    }
  }

  /** What was sent of an epoch, for whoever delivers it. */
  Optional<Lot> take(long epoch) {
    synchronized (ended) {
      return Optional.ofNullable(ended.remove(epoch));
    }
  }
}
