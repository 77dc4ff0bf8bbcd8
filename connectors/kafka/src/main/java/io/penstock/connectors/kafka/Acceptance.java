package io.penstock.connectors.kafka;

import io.penstock.api.problem.ProblemCode;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Tells beforehand what brokers would refuse: within a transaction a refused record takes all
 * others with it.
 *
 * @param compressed whether records are compressed, so that large ones may fit
 * @param largest the most bytes that the producer sends at once
 */
record Acceptance(boolean compressed, long largest) {
  /** Whether brokers take a record. */
  enum Answer {
    /** They do. */
    YES,
    /** They may not, and then refuse those sent together with it too. */
    PERHAPS,
    /** Nothing is known of the topic. */
    UNKNOWN
  }

  // Clocks of other machines may differ so much.
  private static final long DOUBT_MILLIS = 60_000;

  /** Whether a record is taken; refuses what never is. */
  Answer check(ProducerRecord<byte[], byte[]> record, Limits limits, long nowMillis)
      throws UnfitException {
    Integer partition = record.partition();
    if (partition != null && partition >= limits.partitions()) {
      throw new UnfitException(
          ProblemCode.D303,
          "topic `"
              + record.topic()
              + "` has the partitions 0 to "
              + (limits.partitions() - 1)
              + ", and none "
              + partition);
    }
    if (limits.compacted() && record.key() == null) {
      throw new UnfitException(
          ProblemCode.D303,
          "topic `" + record.topic() + "` is compacted and takes no record without a key");
    }
    boolean fits = fits(record, limits);
    boolean inTime = isInTime(record, limits, nowMillis);
    if (!limits.known()) {
      return Answer.UNKNOWN;
    }
    return fits && inTime ? Answer.YES : Answer.PERHAPS;
  }

  private boolean fits(ProducerRecord<byte[], byte[]> record, Limits limits) throws UnfitException {
    long size = RecordSize.alone(record);
    // The producer leaves room for what differences between records may take.
    if (size + 18 > largest) {
      throw tooLarge(record, size, largest, "`max.request.size` of the producer is");
    }
    if (size > limits.largest() && !compressed) {
      throw tooLarge(record, size, limits.largest(), "`max.message.bytes` of the topic is");
    }
    return size <= limits.largest();
  }

  private static UnfitException tooLarge(
      ProducerRecord<byte[], byte[]> record, long size, long most, String whose) {
    return new UnfitException(
        ProblemCode.D303,
        "the record has "
            + size
            + " bytes, and "
            + whose
            + " "
            + most
            + " (topic `"
            + record.topic()
            + "`)");
  }

  private static boolean isInTime(
      ProducerRecord<byte[], byte[]> record, Limits limits, long nowMillis) throws UnfitException {
    Long time = record.timestamp();
    if (time == null) {
      return true;
    }
    long ahead = time - nowMillis;
    if (ahead > limits.aheadMillis()) {
      throw outside(record, ahead, "ahead of", "after", limits.aheadMillis());
    }
    if (-ahead > limits.behindMillis()) {
      throw outside(record, -ahead, "behind", "before", limits.behindMillis());
    }
    return limits.aheadMillis() - ahead > DOUBT_MILLIS
        && limits.behindMillis() + ahead > DOUBT_MILLIS;
  }

  private static UnfitException outside(
      ProducerRecord<byte[], byte[]> record, long millis, String side, String name, long most) {
    return new UnfitException(
        ProblemCode.D303,
        "the record's time is "
            + millis
            + " ms "
            + side
            + " the clock, and `message.timestamp."
            + name
            + ".max.ms` of topic `"
            + record.topic()
            + "` is "
            + most);
  }
}
