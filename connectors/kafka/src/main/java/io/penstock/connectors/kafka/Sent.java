package io.penstock.connectors.kafka;

import io.penstock.api.problem.ProblemCode;
import io.penstock.api.sink.Rejects;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;

/** Records that are on their way, in order. Used by one thread at a time. */
final class Sent {
  private final ArrayDeque<One> waiting = new ArrayDeque<>();

  private record One(int row, Future<RecordMetadata> answer) {}

  /** Hears of a record that the brokers did not take; one that it throws at stays in place. */
  interface Refused {
    void refused(int row, KafkaException why);
  }

  void add(int row, Future<RecordMetadata> answer) {
    waiting.add(new One(row, answer));
  }

  /** Those of another lot, behind these. */
  void add(Sent later) {
    waiting.addAll(later.waiting);
  }

  /** Tells of those that were answered, up to the first that was not. */
  void answered(Refused to) {
    while (!waiting.isEmpty() && waiting.element().answer().isDone()) {
      tell(waiting.element(), to);
      waiting.remove();
    }
  }

  /** Tells of all that were answered. */
  void done(Refused to) {
    waiting.stream().filter(one -> one.answer().isDone()).forEach(one -> tell(one, to));
  }

  /** Waits for all answers. */
  void all(Refused to) {
    while (!waiting.isEmpty()) {
      tell(waiting.element(), to);
      waiting.remove();
    }
  }

  private static void tell(One one, Refused to) {
    try {
      var unused = one.answer().get();
    } catch (ExecutionException wrong) {
      to.refused(
          one.row(),
          wrong.getCause() instanceof KafkaException known ? known : new KafkaException(wrong));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      to.refused(one.row(), new org.apache.kafka.common.errors.InterruptException(stopped));
    }
  }

  /** The row's reject where the record itself was refused, and would be each time. */
  static Optional<Rejects.Reject> reject(int row, KafkaException why) {
    boolean own =
        why instanceof RecordTooLargeException
            || why instanceof RecordBatchTooLargeException
            || why instanceof InvalidTimestampException
            || why instanceof InvalidRecordException;
    String text = String.valueOf(why.getMessage()).strip();
    return own
        ? Optional.of(
            new Rejects.Reject(row, ProblemCode.D303, "the brokers refuse the record: " + text))
        : Optional.empty();
  }
}
