package io.penstock.connectors.kafka;

import io.penstock.api.problem.ProblemCode;
import io.penstock.api.sink.SinkContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * The topic in which each transaction says which epoch it is of. One for a pipeline, compacted, all
 * in one partition; its records are keyed by run and sink.
 */
final class EpochTopic {
  private static final long FIRST_LOOK = 64;
  private static final int LONGEST_NAME = 200;

  private final Admin admin;
  private final Producers clients;
  private final Failure failure;
  private final SinkContext run;
  private final String topic;
  private final String key;
  private final Duration patience;

  /**
   * The topic of a pipeline.
   *
   * @param patience how long other transactions may keep this one's end from being seen
   */
  EpochTopic(Admin admin, Producers clients, Failure failure, SinkContext run, Duration patience) {
    this.admin = admin;
    this.clients = clients;
    this.failure = failure;
    this.run = run;
    this.topic = name(run.pipeline());
    this.key = run.run() + "/" + run.step();
    this.patience = patience;
  }

  /** The name of the topic of a pipeline. */
  static String name(String pipeline) {
    String safe = pipeline.replaceAll("[^A-Za-z0-9._-]", "_");
    return "__" + safe.substring(0, Math.min(LONGEST_NAME, safe.length())) + "_epochs";
  }

  String name() {
    return topic;
  }

  /** Makes it where it is not there. */
  void make() {
    try {
      var unused = admin.describeTopics(List.of(topic)).allTopicNames().get();
    } catch (ExecutionException wrong) {
      if (!(wrong.getCause() instanceof UnknownTopicOrPartitionException)) {
        throw failure.of("the topic of epochs `" + topic + "` cannot be read", wrong);
      }
      create();
    } catch (InterruptedException stopped) {
      throw failure.interrupted("the topic of epochs `" + topic + "` cannot be read", stopped);
    }
  }

  private void create() {
    NewTopic made =
        new NewTopic(topic, Optional.of(1), Optional.empty())
            .configs(
                Map.of(
                    "cleanup.policy", "compact",
                    "min.cleanable.dirty.ratio", "0.1",
                    "segment.ms", "3600000"));
    try {
      var unused = admin.createTopics(List.of(made)).all().get();
    } catch (ExecutionException wrong) {
      if (!(wrong.getCause() instanceof TopicExistsException)) {
        throw failure.of("the topic of epochs `" + topic + "` cannot be made", wrong);
      }
    } catch (InterruptedException stopped) {
      throw failure.interrupted("the topic of epochs `" + topic + "` cannot be made", stopped);
    }
  }

  /** The records that say that an epoch is delivered. */
  List<ProducerRecord<byte[], byte[]>> records(EpochMark mark) {
    return mark.records(key).stream()
        .map(e -> new ProducerRecord<>(topic, 0, bytes(e.getKey()), bytes(e.getValue())))
        .toList();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * The last epoch that was delivered. Looked for from the end on backwards. All that lies before
   * the end must be decided first: another sink's open transaction would hide what stands behind
   * it.
   */
  EpochMark read() throws IOException {
    TopicPartition partition = new TopicPartition(topic, 0);
    long begin = offset(partition, OffsetSpec.earliest());
    long end = offset(partition, OffsetSpec.latest());
    Map<String, byte[]> texts = new HashMap<>();
    try (KafkaConsumer<byte[], byte[]> consumer = clients.consumer()) {
      consumer.assign(List.of(partition));
      long from = end;
      for (long look = FIRST_LOOK; from > begin; look *= 8) {
        from = Math.max(begin, end - look);
        texts.clear();
        consumer.seek(partition, from);
        read(consumer, partition, end, texts);
        Optional<EpochMark> found = found(texts, from == begin);
        if (found.isPresent()) {
          return found.get();
        }
      }
      return EpochMark.NONE;
    } catch (KafkaException wrong) {
      throw failure.of("the topic of epochs `" + topic + "` cannot be read", wrong);
    }
  }

  private void read(
      KafkaConsumer<byte[], byte[]> consumer,
      TopicPartition partition,
      long end,
      Map<String, byte[]> texts) {
    long since = run.clock().nanos();
    while (consumer.position(partition) < end) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
        if (record.key() != null && record.value() != null) {
          texts.put(new String(record.key(), StandardCharsets.UTF_8), record.value());
        }
      }
      if (run.clock().nanos() - since > patience.toNanos()) {
        throw failure.problem(
            ProblemCode.R310,
            "the end of the topic of epochs `"
                + topic
                + "` is not to be seen for "
                + patience.toSeconds()
                + " s: it is at "
                + end
                + ", and what is decided ends at "
                + consumer.position(partition),
            "look for a transaction that hangs: `kafka-transactions.sh find-hanging`");
      }
    }
  }

  /** A mark whose further records lie before what was read is looked for again, further back. */
  private Optional<EpochMark> found(Map<String, byte[]> texts, boolean whole) {
    try {
      return EpochMark.of(key, texts);
    } catch (IllegalArgumentException notWhole) {
      if (!whole) {
        return Optional.empty();
      }
      throw failure.problem(
          ProblemCode.R302,
          "the topic of epochs `" + topic + "` holds something else: " + notWhole.getMessage(),
          "let nobody else write there; to begin anew, use `--fresh`");
    }
  }

  private long offset(TopicPartition partition, OffsetSpec which) {
    try {
      return admin
          .listOffsets(
              Map.of(partition, which), new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED))
          .partitionResult(partition)
          .get()
          .offset();
    } catch (ExecutionException wrong) {
      throw failure.of("the topic of epochs `" + topic + "` cannot be read", wrong);
    } catch (InterruptedException stopped) {
      throw failure.interrupted("the topic of epochs `" + topic + "` cannot be read", stopped);
    }
  }
}
