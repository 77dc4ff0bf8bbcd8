package io.penstock.connectors.kafka;

import io.penstock.api.sink.Forcing;
import io.penstock.api.sink.Rejects;
import io.penstock.api.sink.SinkRows;
import io.penstock.api.sink.SinkWriter;
import io.penstock.api.sink.Staged;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/**
 * Sends rows at once. Answers are waited for when an epoch ends, and with each batch of which it is
 * not known that the brokers take all records, so that those they refuse can be told.
 */
final class PlainWriter implements SinkWriter {
  private static final String DOING = "the rows cannot be sent";

  private final KafkaProducer<byte[], byte[]> producer;
  private final RecordMaker maker;
  private final Failure failure;
  private Sent sent = new Sent();
  private Forcing forcing = Forcing.NONE;

  PlainWriter(KafkaProducer<byte[], byte[]> producer, RecordMaker maker, Failure failure) {
    this.producer = producer;
    this.maker = maker;
    this.failure = failure;
  }

  @Override
  public Rejects write(SinkRows rows) throws IOException {
    sent.answered((row, why) -> fail(why));
    Lot lot = new Lot();
    Rejects made = maker.make(rows, lot);
    if (lot.waits) {
      return lot.withRefused(made);
    }
    sent.add(lot.sent);
    return made;
  }

  /** What is sent of one batch of rows. */
  private final class Lot implements RecordMaker.Records {
    private final Sent sent = new Sent();
    private boolean waits;

    @Override
    public void record(int row, ProducerRecord<byte[], byte[]> record, Acceptance.Answer taken) {
      boolean alone = taken == Acceptance.Answer.PERHAPS;
      waits |= taken != Acceptance.Answer.YES;
      try {
        if (alone) {
          producer.flush();
        }
        sent.add(row, producer.send(record));
        if (alone) {
          producer.flush();
        }
      } catch (KafkaException wrong) {
        fail(wrong);
      }
    }

    Rejects withRefused(Rejects made) {
      List<Rejects.Reject> all = new ArrayList<>(made.rows());
      producer.flush();
      sent.all((row, why) -> Sent.reject(row, why).ifPresentOrElse(all::add, () -> fail(why)));
      all.sort(Comparator.comparingInt(Rejects.Reject::row));
      return all.isEmpty() ? Rejects.NONE : new Rejects(all);
    }
  }

  private void fail(KafkaException why) {
    throw failure.of(DOING, why);
  }

  @Override
  public void tick() {
    sent.answered((row, why) -> fail(why));
  }

  @Override
  public List<Staged> prepare(long epoch) {
    Sent ended = sent;
    sent = new Sent();
    forcing =
        () -> {
          producer.flush();
          ended.all((row, why) -> fail(why));
        };
    return List.of();
  }

  @Override
  public Forcing forcing() {
    return forcing;
  }

  @Override
  public void close() {
    producer.close(java.time.Duration.ZERO);
  }
}
