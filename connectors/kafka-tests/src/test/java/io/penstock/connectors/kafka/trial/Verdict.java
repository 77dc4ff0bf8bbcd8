package io.penstock.connectors.kafka.trial;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What is wrong with a topic, by looking at nothing but its decided records.
 *
 * @param lost records that are nowhere
 * @param doubled records that are there again
 * @param reordered records that come after a later one of their key
 * @param corrupt records whose checksum or key does not fit, or that cannot be read
 * @param phantom records that nobody has fed
 */
record Verdict(int lost, int doubled, int reordered, int corrupt, int phantom) {
  static final Verdict CLEAN = new Verdict(0, 0, 0, 0, 0);

  private static final int KEYS = 37;
  private static final Pattern RECORD =
      Pattern.compile("\\{\"seq\":(\\d+),\"key\":\"(\\w+)\",\"check\":(\\d+)\\}");

  /** The key of the record of a number. */
  static String key(int seq) {
    return "k" + seq % KEYS;
  }

  /** The record of a number. */
  static String value(int seq) {
    return "{\"seq\":" + seq + ",\"key\":\"" + key(seq) + "\",\"check\":" + check(seq) + "}";
  }

  private static int check(int seq) {
    return (seq * 0x9E3779B1) >>> 8;
  }

  Verdict plus(Verdict other) {
    return new Verdict(
        lost + other.lost,
        doubled + other.doubled,
        reordered + other.reordered,
        corrupt + other.corrupt,
        phantom + other.phantom);
  }

  /** Judges the records of a topic into which so many were to come. */
  static Verdict of(List<ConsumerRecord<byte[], byte[]>> records, int fed) {
    int[] seen = new int[fed];
    Map<String, Integer> last = new HashMap<>();
    int reordered = 0;
    int corrupt = 0;
    int phantom = 0;
    for (ConsumerRecord<byte[], byte[]> record : records) {
      String text = new String(record.value(), StandardCharsets.UTF_8);
      Matcher fields = RECORD.matcher(text);
      if (!fields.matches()) {
        corrupt++;
        continue;
      }
      int seq = Integer.parseInt(fields.group(1));
      if (seq >= fed) {
        phantom++;
        continue;
      }
      boolean keyed = key(seq).equals(new String(record.key(), StandardCharsets.UTF_8));
      corrupt += keyed && text.equals(value(seq)) ? 0 : 1;
      seen[seq]++;
      Integer before = last.put(key(seq), seq);
      reordered += before != null && before > seq ? 1 : 0;
    }
    int lost = 0;
    int doubled = 0;
    for (int times : seen) {
      lost += times == 0 ? 1 : 0;
      doubled += Math.max(0, times - 1);
    }
    return new Verdict(lost, doubled, reordered, corrupt, phantom);
  }
}
