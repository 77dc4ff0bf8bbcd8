package io.penstock.connectors.kafka;

import io.penstock.api.source.Bound;
import io.penstock.api.source.Out;
import io.penstock.api.source.Position;
import io.penstock.api.source.Reader;
import io.penstock.api.source.Split;
import io.penstock.api.system.Scheduler;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Takes records of a share group and acknowledges them once they are decided. The client gives no
 * more before all that it gave are acknowledged, so there is one lot of them for each epoch. Its
 * own number tells each record. Read by one thread; {@link #decided} and {@link #end} may come from
 * another.
 */
final class QueueReader implements Reader {
  /** How many records are taken at once, and so how many an epoch may have. */
  static final int MOST_RECORDS = 20_000;

  private static final Duration LOOK = Duration.ofMillis(5);

  private final KafkaShareConsumer<byte[], byte[]> consumer;
  private final RecordBlocks blocks;
  private final Failure failure;
  private final Scheduler scheduler;
  private final Duration timeout;
  private final ReentrantLock turn = new ReentrantLock();
  private final AtomicLong decided = new AtomicLong();
  private final Deque<ConsumerRecord<byte[], byte[]>> waiting = new ArrayDeque<>();
  private final Deque<ConsumerRecord<byte[], byte[]>> undecided = new ArrayDeque<>();
  private long first;
  private long next;
  private boolean paused;
  private boolean ended;

  QueueReader(
      Map<String, Object> settings,
      List<String> topics,
      RecordBlocks blocks,
      Failure failure,
      Scheduler scheduler,
      Duration timeout) {
    this.blocks = blocks;
    this.failure = failure;
    this.scheduler = scheduler;
    this.timeout = timeout;
    try {
      this.consumer =
          new KafkaShareConsumer<>(
              settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
      consumer.subscribe(topics);
    } catch (KafkaException wrong) {
      throw failure.of("no consumer can be made", wrong);
    }
  }

  @Override
  public void assign(Split split, Position from, Bound to) {
    giveBack();
    first = from.offset();
    next = first;
  }

  @Override
  public void revoke(Split split) {
    paused = true;
  }

  @Override
  public void pause(Set<Split> splits) {
    paused = !splits.isEmpty();
  }

  /** Records below this number are decided. */
  void decided(long number) {
    decided.accumulateAndGet(number, Math::max);
  }

  @Override
  public Step next(Out out, Limits limits, Duration wait) throws IOException {
    turn.lock();
    try {
      if (ended) {
        return Step.ENDED;
      }
      acknowledge();
      if (paused || waiting.isEmpty() && !undecided.isEmpty()) {
        sleep(wait.compareTo(LOOK) < 0 ? wait : LOOK);
        return Step.NOTHING_NOW;
      }
      if (waiting.isEmpty()) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(wait)) {
          waiting.add(record);
          undecided.add(record);
        }
      }
      if (waiting.isEmpty()) {
        return Step.NOTHING_NOW;
      }
      int before = waiting.size();
      blocks.hand(KafkaQueue.RECORDS, waiting, OptionalLong.of(next), limits, out);
      next += before - waiting.size();
      return Step.MORE;
    } catch (KafkaException wrong) {
      throw failure.of("the topics cannot be read", wrong);
    } finally {
      turn.unlock();
    }
  }

  private void acknowledge() {
    boolean some = false;
    while (first < Math.min(decided.get(), next)) {
      consumer.acknowledge(undecided.remove(), AcknowledgeType.ACCEPT);
      first++;
      some = true;
    }
    if (some) {
      // Not to be acknowledged is no error: the records come again.
      consumer.commitAsync();
    }
  }

  /** Whoever is next in the group gets what is not decided. */
  private void giveBack() {
    undecided.forEach(record -> consumer.acknowledge(record, AcknowledgeType.RELEASE));
    undecided.clear();
    waiting.clear();
  }

  private void sleep(Duration time) throws IOException {
    try {
      scheduler.sleep(time);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  @Override
  public Position position(Split split) {
    return new Position(next, new TreeMap<>());
  }

  /** What is decided may come after it; {@link #end} lets go. */
  @Override
  public void close() {}

  /** Acknowledges what is decided, gives the rest back and leaves the group. */
  void end() {
    try {
      // A call that does not come back is left to the brokers, which give its records to others.
      if (turn.tryLock(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        try {
          leave();
        } finally {
          turn.unlock();
        }
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void leave() {
    if (ended) {
      return;
    }
    ended = true;
    try {
      acknowledge();
      giveBack();
      var unused = consumer.commitSync(timeout);
    } catch (KafkaException away) {
      // They come again.
    } finally {
      consumer.close(timeout);
    }
  }
}
