package io.penstock.connectors.kafka;

import io.penstock.api.source.Split;
import org.apache.kafka.common.TopicPartition;

/** A partition of a topic and the split that stands for it: {@code orders-0}. */
final class Partition {
  private Partition() {}

  static Split split(TopicPartition partition) {
    return new Split(partition.toString());
  }

  static TopicPartition of(Split split) {
    int dash = split.id().lastIndexOf('-');
    return new TopicPartition(
        split.id().substring(0, dash), Integer.parseInt(split.id().substring(dash + 1)));
  }
}
