package io.penstock.connectors.kafka;

import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.source.Bound;
import io.penstock.api.source.Out;
import io.penstock.api.source.Position;
import io.penstock.api.source.Reader;
import io.penstock.api.source.ReaderContext;
import io.penstock.api.source.Split;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads partitions that are assigned by hand, by one consumer. What a poll brought of a partition
 * waits here until it is handed on; meanwhile that partition is not fetched from.
 */
final class KafkaReader implements Reader {
  private final KafkaSource source;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Failure failure;
  private final RecordBlocks blocks;
  private final Map<TopicPartition, Part> parts = new LinkedHashMap<>();
  private Set<Split> paused = Set.of();
  private Set<TopicPartition> held = Set.of();

  /** A partition that is read. */
  private static final class Part {
    private final Split split;
    private final long end;
    private final Deque<ConsumerRecord<byte[], byte[]>> waiting = new ArrayDeque<>();
    private long next;
    private boolean ended;

    Part(Split split, long next, long end) {
      this.split = split;
      this.next = next;
      this.end = end;
    }
  }

  KafkaReader(
      KafkaSource source,
      Map<String, Object> settings,
      ReaderContext run,
      Failure failure,
      Set<String> meta) {
    this.source = source;
    this.failure = failure;
    this.blocks = new RecordBlocks(run, meta);
    try {
      this.consumer =
          new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    } catch (KafkaException wrong) {
      throw failure.of("no consumer can be made", wrong);
    }
  }

  @Override
  public void assign(Split split, Position from, Bound to) throws IOException {
    TopicPartition partition = Partition.of(split);
    Position at = from.equals(Position.START) ? source.start(split) : from;
    verify(partition, at.offset());
    parts.put(partition, new Part(split, at.offset(), to.offset()));
    try {
      consumer.assign(parts.keySet());
      consumer.seek(partition, at.offset());
    } catch (KafkaException wrong) {
      throw failure.of("`" + partition + "` cannot be read", wrong);
    }
  }

  private void verify(TopicPartition partition, long offset) {
    long first = source.earliest(partition);
    if (offset < first) {
      throw gap(partition, offset, first);
    }
    long last = source.latest(partition);
    if (offset > last) {
      throw failure.problem(
          ProblemCode.R202,
          "`"
              + partition
              + "` ends at offset "
              + last
              + ", and it was read up to "
              + offset
              + ": the broker has lost records",
          "find out what happened to the topic; to go on with what is there, begin anew with `--fresh`");
    }
  }

  private PipelineException gap(TopicPartition partition, long from, long to) {
    return failure.problem(
        ProblemCode.R202,
        "`"
            + partition
            + "` begins at offset "
            + to
            + ", and reading goes on at "
            + from
            + ": "
            + (to - from)
            + " offsets are gone",
        "keep records longer (`retention.ms`, `retention.bytes` of the topic); to go on without them, begin anew with `--fresh`");
  }

  @Override
  public void revoke(Split split) throws IOException {
    parts.remove(Partition.of(split));
    consumer.assign(parts.keySet());
    held = new HashSet<>(held);
    held.retainAll(parts.keySet());
  }

  @Override
  public void pause(Set<Split> splits) {
    paused = Set.copyOf(splits);
  }

  @Override
  public Step next(Out out, Limits limits, Duration wait) throws IOException {
    Optional<Part> ready = ready();
    if (ready.isEmpty()) {
      fetch(wait);
      if (parts.values().stream().allMatch(part -> part.ended)) {
        return Step.ENDED;
      }
      ready = ready();
    }
    if (ready.isEmpty()) {
      return Step.NOTHING_NOW;
    }
    Part part = ready.get();
    // In turn: the one that has given goes behind the others.
    TopicPartition partition = Partition.of(part.split);
    parts.remove(partition);
    parts.put(partition, part);
    blocks.hand(part.split, part.waiting, limits, out);
    ConsumerRecord<byte[], byte[]> left = part.waiting.peek();
    part.next = left == null ? behind(partition, part) : left.offset();
    endAt(part);
    return Step.MORE;
  }

  private Optional<Part> ready() {
    for (Part part : parts.values()) {
      if (!part.waiting.isEmpty() && !paused.contains(part.split)) {
        return Optional.of(part);
      }
    }
    return Optional.empty();
  }

  private void fetch(Duration wait) {
    try {
      hold();
      ConsumerRecords<byte[], byte[]> found = consumer.poll(wait);
      parts.forEach((partition, part) -> take(partition, part, found));
    } catch (OffsetOutOfRangeException gone) {
      gone.offsetOutOfRangePartitions()
          .forEach(
              (partition, offset) -> {
                verify(partition, offset);
                throw failure.of("`" + partition + "` cannot be read", gone);
              });
    } catch (KafkaException wrong) {
      throw failure.of("the topics cannot be read", wrong);
    }
  }

  /** Nothing is fetched of partitions that have ended, are paused, or still have records here. */
  private void hold() {
    Set<TopicPartition> now = new HashSet<>();
    for (Map.Entry<TopicPartition, Part> entry : parts.entrySet()) {
      Part part = entry.getValue();
      if (part.ended || !part.waiting.isEmpty() || paused.contains(part.split)) {
        now.add(entry.getKey());
      }
    }
    if (!now.equals(held)) {
      consumer.resume(held);
      consumer.pause(now);
      held = now;
    }
  }

  private void take(TopicPartition partition, Part part, ConsumerRecords<byte[], byte[]> found) {
    for (ConsumerRecord<byte[], byte[]> record : found.records(partition)) {
      if (record.offset() < part.end) {
        part.waiting.add(record);
      }
    }
    if (part.waiting.isEmpty() && !part.ended) {
      // Also where nothing came: marks of transactions have offsets, and are no records.
      part.next = behind(partition, part);
      endAt(part);
    }
  }

  /**
   * Where reading goes on; what was fetched from behind the end is fetched again by who reads it.
   */
  private long behind(TopicPartition partition, Part part) {
    return Math.min(part.end, consumer.position(partition));
  }

  private static void endAt(Part part) {
    part.ended |= part.waiting.isEmpty() && part.next >= part.end;
  }

  @Override
  public Position position(Split split) {
    Part part = parts.get(Partition.of(split));
    return part == null ? Position.START : source.position(split, part.next);
  }

  @Override
  public void close() {
    consumer.close();
  }
}
