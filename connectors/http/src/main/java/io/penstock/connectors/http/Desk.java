package io.penstock.connectors.http;

import io.penstock.connectors.http.HttpServerConfig.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Where requests wait: first to be read, then, under their numbers, for the decision. Thread-safe:
 * the server's threads put requests in, the reader takes them, whoever decides has them answered.
 */
final class Desk {
  private final Reply reply;
  private final int mostRequests;
  private final long mostBytes;
  private final BlockingQueue<Arrival> unread;
  private final ConcurrentSkipListMap<Long, Arrival> undecided = new ConcurrentSkipListMap<>();
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();
  private volatile boolean closed;

  Desk(HttpServerConfig config) {
    this.reply = config.replies();
    this.mostRequests = config.inFlight();
    this.mostBytes = config.maxHeld().bytes();
    this.unread = new ArrayBlockingQueue<>(mostRequests);
  }

  boolean isClosed() {
    return closed;
  }

  /** Takes a place for a request; false where all are taken. */
  boolean enter() {
    if (requests.incrementAndGet() > mostRequests) {
      requests.decrementAndGet();
      return false;
    }
    return true;
  }

  /** Gives the place back. */
  void leave() {
    requests.decrementAndGet();
  }

  /** Leaves a request to be read; false where there is no room for its bytes. */
  boolean put(Arrival arrival) {
    long length = arrival.body().length;
    if (bytes.addAndGet(length) > mostBytes || closed || !unread.offer(arrival)) {
      bytes.addAndGet(-length);
      return false;
    }
    return true;
  }

  /** The next requests that nobody has read; waits for the first at most so long. */
  List<Arrival> take(Duration wait, int mostOf, int bytesOf) throws InterruptedException {
    List<Arrival> taken = new ArrayList<>();
    Optional<Arrival> first =
        Optional.ofNullable(unread.poll(wait.toNanos(), TimeUnit.NANOSECONDS));
    if (first.isEmpty()) {
      return taken;
    }
    taken.add(first.get());
    long length = first.get().body().length;
    while (taken.size() < mostOf && !first.get().isBad()) {
      Arrival next = unread.peek();
      // A bad one is handed on by itself, in its turn.
      if (next == null || next.isBad() || length + next.body().length > bytesOf) {
        break;
      }
      length += next.body().length;
      taken.add(unread.remove());
    }
    return taken;
  }

  /** A request was handed on under this number. */
  void handedOn(long number, Arrival arrival) {
    undecided.put(number, arrival);
  }

  /** Everything before this number is decided: it is answered by these threads. */
  void decided(long before, Workers by) {
    Map.Entry<Long, Arrival> next = undecided.firstEntry();
    while (next != null && next.getKey() < before) {
      undecided.remove(next.getKey());
      answer(next.getValue(), by, true);
      next = undecided.firstEntry();
    }
  }

  /** Nothing is decided any more: who waits is told to send again. */
  void close(Workers by) {
    closed = true;
    for (Arrival arrival = unread.poll(); arrival != null; arrival = unread.poll()) {
      answer(arrival, by, false);
    }
    undecided.values().forEach(arrival -> answer(arrival, by, false));
    undecided.clear();
  }

  private void answer(Arrival arrival, Workers by, boolean decided) {
    bytes.addAndGet(-arrival.body().length);
    leave();
    try {
      by.execute(() -> answer(arrival, decided));
    } catch (RejectedExecutionException tooMany) {
      // As many as may wait fit in, so it is closing: the sender hears nothing and sends again.
      arrival.exchange().close();
    }
  }

  private void answer(Arrival arrival, boolean decided) {
    Answering answering = new Answering(arrival.exchange());
    if (arrival.isBad()) {
      answering.refused(reply.rejected(), arrival);
    } else if (decided) {
      answering.accepted(reply, arrival.rows());
    } else {
      answering.later(503, "the pipeline stops before the request is decided");
    }
  }
}
