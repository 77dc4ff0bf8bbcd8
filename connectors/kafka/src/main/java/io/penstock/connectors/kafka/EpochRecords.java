package io.penstock.connectors.kafka;

import io.penstock.api.sink.Rejects;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.RecordMetadata;

/** The records of one epoch that are sent, and the rows of which none was made, by their number. */
final class EpochRecords {
  private final Sent sent = new Sent();
  private final List<Rejects.Reject> rejects = new ArrayList<>();
  private int first;

  /** A record of the rows at hand was sent. */
  void sent(int row, Future<RecordMetadata> answer) {
    sent.add(first + row, answer);
  }

  /** The number of a row of those at hand. */
  int number(int row) {
    return first + row;
  }

  /** The rows at hand are done. */
  void end(int count, Rejects made) {
    made.rows().forEach(r -> add(new Rejects.Reject(first + r.row(), r.code(), r.message())));
    first += count;
  }

  void add(Rejects.Reject reject) {
    rejects.add(reject);
  }

  /** How many rows are done. */
  int rows() {
    return first;
  }

  Sent sent() {
    return sent;
  }

  /** The rows that are known to be refused, in order. */
  Rejects rejects() {
    List<Rejects.Reject> all = new ArrayList<>(rejects);
    all.sort(Comparator.comparingInt(Rejects.Reject::row));
    return all.isEmpty() ? Rejects.NONE : new Rejects(all);
  }
}
