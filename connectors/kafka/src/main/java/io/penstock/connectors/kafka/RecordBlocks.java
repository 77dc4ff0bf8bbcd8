package io.penstock.connectors.kafka;

import io.penstock.api.data.BytesBuilder;
import io.penstock.api.data.Column;
import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.DataType;
import io.penstock.api.data.LongsBuilder;
import io.penstock.api.data.MapsBuilder;
import io.penstock.api.data.ValueType;
import io.penstock.api.format.Block;
import io.penstock.api.format.BlockLines;
import io.penstock.api.format.BlockRecords;
import io.penstock.api.format.Splitter;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.source.Out;
import io.penstock.api.source.Reader;
import io.penstock.api.source.ReaderContext;
import io.penstock.api.source.Split;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Makes blocks of the records of one partition. A record without a value, past the limit, or whose
 * key or headers are wanted and no text is handed on as a bad one, in its place.
 */
final class RecordBlocks {
  private static final int RAW = 1 << 20;
  private static final DataType HEADERS = new DataType.MapOf(ValueType.optional(DataType.STRING));

  private static final Set<String> META =
      Set.of("topic", "key", "key_bytes", "headers", "timestamp", "partition", "offset");

  private final int maxRecord;
  private final Set<String> meta;
  private final boolean endsWithLines;
  private final Map<Split, Long> sequences = new LinkedHashMap<>();

  RecordBlocks(ReaderContext run, Set<String> meta) {
    this.maxRecord = run.maxRecord();
    this.meta = meta;
    byte[] twoLines = {'a', '\n', 'b', '\n', 'c', '\n', 'd'};
    this.endsWithLines =
        run.splitter().get().cut(twoLines, 0, twoLines.length, false) != Splitter.NONE;
  }

  /** Hands on one block, or one bad record, of those that wait; there is one at least. */
  void hand(
      Split split, Deque<ConsumerRecord<byte[], byte[]>> waiting, Reader.Limits limits, Out out) {
    hand(split, waiting, OptionalLong.empty(), limits, out);
  }

  /**
   * The same of records of several partitions.
   *
   * @param number of the first of them; empty: its offset tells each
   */
  void hand(
      Split split,
      Deque<ConsumerRecord<byte[], byte[]>> waiting,
      OptionalLong number,
      Reader.Limits limits,
      Out out) {
    List<ConsumerRecord<byte[], byte[]>> taken = new ArrayList<>();
    int length = 0;
    while (!waiting.isEmpty() && taken.size() < limits.rows()) {
      ConsumerRecord<byte[], byte[]> next = waiting.element();
      Optional<Bad> bad = bad(next);
      int size = next.value() == null ? 0 : next.value().length + 1;
      if (bad.isPresent() && taken.isEmpty()) {
        waiting.remove();
        report(split, number.orElse(next.offset()), next, bad.get(), out);
        return;
      }
      if (bad.isPresent() || !taken.isEmpty() && length + size > limits.bytes()) {
        break;
      }
      taken.add(next);
      waiting.remove();
      length += size;
    }
    out.block(block(split, number, taken, length));
  }

  /** Why a record cannot be decoded at all. */
  private record Bad(ProblemCode code, String message) {}

  private Optional<Bad> bad(ConsumerRecord<byte[], byte[]> record) {
    byte[] value = record.value();
    if (value == null) {
      return Optional.of(new Bad(ProblemCode.D101, "the record has no value (a deletion)"));
    }
    if (value.length > maxRecord) {
      return Optional.of(
          new Bad(
              ProblemCode.D107,
              "the record has " + value.length + " bytes, and `max_record` is " + maxRecord));
    }
    if (meta.contains("key") && record.key() != null && !isText(record.key())) {
      return Optional.of(
          new Bad(
              ProblemCode.D102,
              "the record's key is not UTF-8, and `meta.key` is text: `meta.key_bytes` takes any"));
    }
    if (meta.contains("headers")) {
      for (Header header : record.headers()) {
        if (header.value() != null && !isText(header.value())) {
          return Optional.of(
              new Bad(ProblemCode.D102, "the record's header `" + header.key() + "` is not UTF-8"));
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isText(byte[] bytes) {
    int plain = 0;
    while (plain < bytes.length && bytes[plain] >= 0) {
      plain++;
    }
    if (plain == bytes.length) {
      return true;
    }
    try {
      var unused = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException wrong) {
      return false;
    }
  }

  private static void report(
      Split split, long position, ConsumerRecord<byte[], byte[]> record, Bad bad, Out out) {
    byte[] value = record.value() == null ? new byte[0] : record.value();
    byte[] raw = value.length > RAW ? Arrays.copyOf(value, RAW) : value;
    String message = bad.message() + ", at offset " + record.offset();
    out.bad(split, position, 0, raw, value.length, bad.code(), message);
  }

  private Block block(
      Split split, OptionalLong number, List<ConsumerRecord<byte[], byte[]>> records, int room) {
    byte[] bytes = new byte[room];
    int[] starts = new int[records.size()];
    long[] offsets = new long[records.size()];
    int length = 0;
    for (int i = 0; i < starts.length; i++) {
      byte[] value = records.get(i).value();
      starts[i] = length;
      offsets[i] = number.isPresent() ? number.getAsLong() + i : records.get(i).offset();
      System.arraycopy(value, 0, bytes, length, value.length);
      length += value.length;
      if (endsWithLines) {
        bytes[length++] = '\n';
      }
    }
    long sequence = sequences.merge(split, 1L, Long::sum);
    return new Block(
            bytes,
            0,
            length,
            split.id(),
            sequence,
            offsets[0],
            BlockLines.from(1, bytes, 0, length),
            false,
            Map.of())
        .with(new BlockRecords(starts, offsets, meta(records)));
  }

  private Map<String, Column> meta(List<ConsumerRecord<byte[], byte[]>> records) {
    Map<String, Column> columns = new LinkedHashMap<>();
    for (String name : meta) {
      ColumnBuilder builder =
          switch (name) {
            case "topic", "key" -> ColumnBuilder.of(DataType.STRING);
            case "key_bytes" -> ColumnBuilder.of(DataType.BYTES);
            case "headers" -> ColumnBuilder.of(HEADERS);
            case "timestamp" -> ColumnBuilder.of(DataType.TIMESTAMP);
            default -> ColumnBuilder.of(DataType.INT);
          };
      if (META.contains(name)) {
        records.forEach(record -> add(name, record, builder));
        columns.put(name, builder.build());
      }
    }
    return columns;
  }

  private static void add(
      String name, ConsumerRecord<byte[], byte[]> record, ColumnBuilder builder) {
    if (builder instanceof BytesBuilder texts) {
      if (name.equals("topic")) {
        texts.add(record.topic());
      } else if (record.key() == null) {
        texts.addNull();
      } else {
        texts.add(record.key());
      }
    } else if (builder instanceof LongsBuilder numbers) {
      numbers.add(
          switch (name) {
            case "timestamp" -> Math.multiplyExact(record.timestamp(), 1000L);
            case "partition" -> record.partition();
            default -> record.offset();
          });
    } else if (builder instanceof MapsBuilder maps) {
      Map<String, Header> last = new LinkedHashMap<>();
      record.headers().forEach(header -> last.put(header.key(), header));
      for (Header header : last.values()) {
        maps.keys().add(header.key());
        BytesBuilder values = (BytesBuilder) maps.values();
        if (header.value() == null) {
          values.addNull();
        } else {
          values.add(header.value());
        }
      }
      maps.end();
    }
  }
}
