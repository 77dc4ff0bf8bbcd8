package io.penstock.connectors.kafka;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/** How many bytes records have on their way and in the log: Kafka's record format, version 2. */
final class RecordSize {
  private static final int BATCH = 61;
  // Attributes and the two differences to the first record of a batch, which for itself are zero.
  private static final int ALONE = 3;

  private RecordSize() {}

  /** The bytes of a batch that holds this record alone and is not compressed. */
  static long alone(ProducerRecord<byte[], byte[]> record) {
    long body = ALONE + field(record.key()) + field(record.value());
    int headers = 0;
    for (Header header : record.headers()) {
      headers++;
      body += field(header.key().getBytes(java.nio.charset.StandardCharsets.UTF_8));
      body += field(header.value());
    }
    body += length(headers);
    return BATCH + length(body) + body;
  }

  private static long field(byte[] bytes) {
    return bytes == null ? 1 : length(bytes.length) + (long) bytes.length;
  }

  /** The bytes of a number in groups of seven bits, the sign in the lowest. */
  private static int length(long number) {
    long left = number << 1;
    int bytes = 1;
    while ((left & ~0x7FL) != 0) {
      bytes++;
      left >>>= 7;
    }
    return bytes;
  }
}
