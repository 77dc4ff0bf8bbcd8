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
 * Sends the rows of short epochs before they are decided, so that then their transaction has only
 * to be committed. Rows go out once the epoch before is delivered, so that they come behind its
 * rows; until then they are kept, at the latest until their epoch ends: no barrier is asked for
 * before the epoch before is delivered. Long epochs are left alone: a transaction that is open
 * holds up readers of whatever others write to the same partitions.
 */
final class EarlyTransactions implements EarlyRows, AutoCloseable {
  private static final Duration SHORT = Duration.ofMillis(200);

  private final Slots slots;
  private final RecordMaker maker;
  private final EpochTopic epochs;
  private final Clock clock;
  private final Map<Long, Lot> ended = new HashMap<>();
  private final KeptRows kept = new KeptRows();
  private @Nullable Lot open;
  private volatile long delivered;
  private long endedEpoch;
  private boolean wasShort;
  private boolean leaves;
  private boolean anyRows;
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
    private final EpochRecords records = new EpochRecords();
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
      return !spoiled && records.rows() == rows;
    }

    EpochMark mark() {
      return mark;
    }

    EpochRecords records() {
      return records;
    }
  }

  @Override
  public void write(SinkRows rows) {
    if (!anyRows) {
      anyRows = true;
      firstNanos = clock.nanos();
      leaves = !wasShort;
    }
    if (leaves) {
      return;
    }
    Lot lot = open;
    if (kept.isEmpty() && lot != null) {
      send(lot, rows);
    } else if (!kept.add(rows)) {
      leaves = true;
    } else if (delivered >= endedEpoch) {
      sendKept();
    }
  }

  private void sendKept() {
    Lot lot = open;
    if (lot == null) {
      Optional<Slot> slot = slots.take();
      if (slot.isEmpty()) {
        return;
      }
      lot = new Lot(slot.get(), clock.nanos());
      open = lot;
      try {
        lot.slot.producer().beginTransaction();
      } catch (KafkaException | IllegalStateException wrong) {
        lot.spoiled = true;
      }
    }
    for (SinkRows rows : kept.batches()) {
      send(lot, rows);
    }
    kept.forget();
  }

  private void send(Lot lot, SinkRows rows) {
    if (lot.spoiled) {
      return;
    }
    try {
      EpochRecords to = lot.records;
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

  /** An epoch is delivered, with what was sent of it here or without. */
  void delivered(long epoch) {
    delivered = epoch;
  }

  @Override
  public void ended(long epoch) {
    if (!kept.isEmpty() && delivered >= endedEpoch) {
      sendKept();
    }
    kept.forget();
    anyRows = false;
    wasShort = clock.nanos() - firstNanos < SHORT.toNanos();
    endedEpoch = epoch;
    Lot lot = open;
    open = null;
    if (lot != null) {
      mark(lot, epoch);
      synchronized (ended) {
        ended.put(epoch, lot);
      }
    }
  }

  private void mark(Lot lot, long epoch) {
    try {
      if (!lot.spoiled) {
        lot.mark = new EpochMark(epoch, lot.records.rejects());
        for (ProducerRecord<byte[], byte[]> record : epochs.records(lot.mark)) {
          var unused = lot.slot.producer().send(record);
        }
      }
    } catch (KafkaException | IllegalStateException wrong) {
      lot.spoiled = true;
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
