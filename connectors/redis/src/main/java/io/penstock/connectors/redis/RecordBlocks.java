package io.penstock.connectors.redis;

import io.penstock.api.data.BytesBuilder;
import io.penstock.api.data.Column;
import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.DataType;
import io.penstock.api.data.LongsBuilder;
import io.penstock.api.format.Block;
import io.penstock.api.format.BlockLines;
import io.penstock.api.format.BlockRecords;
import io.penstock.api.format.Splitter;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.source.Out;
import io.penstock.api.source.Reader;
import io.penstock.api.source.ReaderContext;
import io.penstock.api.source.Split;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes blocks of what has come. An entry without the field, or a record past the limit, is handed
 * on as a bad record, in its place.
 */
final class RecordBlocks {
  private static final int RAW = 1 << 20;
  private static final byte[] NONE = {};
  private static final String TIMESTAMP = "timestamp";

  private final String field;
  private final byte[] name;
  private final int maxRecord;
  private final Set<String> meta;
  private final boolean endsWithLines;
  private final Map<Split, Long> sequences = new HashMap<>();

  RecordBlocks(String field, ReaderContext run, Set<String> meta) {
    this.field = field;
    this.name = Asked.bytes(field);
    this.maxRecord = run.maxRecord();
    this.meta = meta;
    byte[] twoLines = {'a', '\n', 'b', '\n', 'c', '\n', 'd'};
    this.endsWithLines =
        run.splitter().get().cut(twoLines, 0, twoLines.length, false) != Splitter.NONE;
  }

  /**
   * Hands on one block, or one bad record, of those that wait; there is one at least.
   *
   * @return the last record that was handed on
   */
  <T extends Incoming> T hand(Split split, Deque<T> waiting, Reader.Limits limits, Out out) {
    List<T> taken = new ArrayList<>();
    List<byte[]> values = new ArrayList<>();
    int length = 0;
    while (!waiting.isEmpty() && taken.size() < limits.rows()) {
      T next = waiting.element();
      byte[] value = next.value(name).orElse(NONE);
      Optional<Bad> bad = bad(next, value);
      if (bad.isPresent() && taken.isEmpty()) {
        T gone = waiting.remove();
        report(split, gone, value, bad.get(), out);
        return gone;
      }
      boolean full = !taken.isEmpty() && length + value.length + 1 > limits.bytes();
      if (bad.isPresent() || full) {
        break;
      }
      taken.add(waiting.remove());
      values.add(value);
      length += value.length + 1;
    }
    out.block(block(split, taken, values, length));
    return taken.get(taken.size() - 1);
  }

  /** Why a record cannot be decoded at all. */
  private record Bad(ProblemCode code, String message) {}

  private Optional<Bad> bad(Incoming record, byte[] value) {
    if (record.value(name).isEmpty()) {
      return Optional.of(new Bad(ProblemCode.D103, "the entry has no field `" + field + "`"));
    }
    return value.length <= maxRecord
        ? Optional.empty()
        : Optional.of(
            new Bad(
                ProblemCode.D107,
                "the record has " + value.length + " bytes, and `max_record` is " + maxRecord));
  }

  private static void report(Split split, Incoming record, byte[] value, Bad bad, Out out) {
    byte[] raw = value.length > RAW ? Arrays.copyOf(value, RAW) : value;
    String message = bad.message() + ", " + record.named();
    out.bad(split, record.number(), 0, raw, value.length, bad.code(), message);
  }

  private Block block(
      Split split, List<? extends Incoming> records, List<byte[]> values, int room) {
    byte[] bytes = new byte[room];
    int[] starts = new int[records.size()];
    long[] positions = new long[records.size()];
    int length = 0;
    for (int i = 0; i < starts.length; i++) {
      byte[] value = values.get(i);
      starts[i] = length;
      positions[i] = records.get(i).number();
      System.arraycopy(value, 0, bytes, length, value.length);
      length += value.length;
      if (endsWithLines) {
        bytes[length++] = '\n';
      }
    }
    long sequence = sequences.merge(split, 1L, Long::sum) - 1;
    return new Block(
            bytes,
            0,
            length,
            split.id(),
            sequence,
            positions[0],
            BlockLines.from(1, bytes, 0, length),
            false,
            Map.of())
        .with(new BlockRecords(starts, positions, meta(split, records)));
  }

  private Map<String, Column> meta(Split split, List<? extends Incoming> records) {
    Map<String, Column> columns = new LinkedHashMap<>();
    for (String wanted : meta) {
      if (wanted.equals(TIMESTAMP) || wanted.equals(Message.RECEIVED_AT)) {
        LongsBuilder times = (LongsBuilder) ColumnBuilder.of(DataType.TIMESTAMP);
        records.forEach(record -> times.add(record.micros(wanted)));
        columns.put(wanted, times.build());
      } else {
        BytesBuilder texts = (BytesBuilder) ColumnBuilder.of(DataType.STRING);
        for (Incoming record : records) {
          record.text(wanted, split).ifPresentOrElse(texts::add, texts::addNull);
        }
        columns.put(wanted, texts.build());
      }
    }
    return columns;
  }
}
