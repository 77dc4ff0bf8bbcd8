package io.penstock.core.operator;

import io.penstock.core.state.StateInput;
import io.penstock.core.state.StateOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The rows of both inputs of a join that have one key, each with a count. Single-threaded. */
final class JoinGroup {
  /** A map's entry, a buffer and an array. */
  private static final int ENTRY = 120;

  private final List<Map<ByteBuffer, Long>> sides =
      List.of(new LinkedHashMap<>(), new LinkedHashMap<>());
  private long bytes = ENTRY;

  boolean isEmpty() {
    return sides.stream().allMatch(Map::isEmpty);
  }

  /** Whether an input has no row of the key. */
  boolean isEmpty(int side) {
    return sides.get(side).isEmpty();
  }

  void add(int side, byte[] row) {
    Long count = sides.get(side).merge(ByteBuffer.wrap(row), 1L, Long::sum);
    bytes += count == 1 ? ENTRY + row.length : 0;
  }

  /** Takes a row back; false where it is not there. */
  boolean remove(int side, byte[] row) {
    ByteBuffer wanted = ByteBuffer.wrap(row);
    Map<ByteBuffer, Long> rows = sides.get(side);
    if (!rows.containsKey(wanted)) {
      return false;
    }
    Long left = rows.computeIfPresent(wanted, (at, count) -> count == 1 ? null : count - 1);
    bytes -= left == null ? ENTRY + row.length : 0;
    return true;
  }

  /** Each row of an input, as often as it is there. */
  void each(int side, Consumer<byte[]> taker) {
    sides
        .get(side)
        .forEach(
            (row, count) -> {
              for (long i = 0; i < count; i++) {
                taker.accept(row.array());
              }
            });
  }

  void write(StateOutput to) throws IOException {
    for (Map<ByteBuffer, Long> rows : sides) {
      to.number(rows.size());
      for (Map.Entry<ByteBuffer, Long> row : rows.entrySet()) {
        to.bytes(row.getKey().array(), 0, row.getKey().array().length);
        to.number(row.getValue());
      }
    }
  }

  void read(StateInput from) throws IOException {
    for (Map<ByteBuffer, Long> rows : sides) {
      for (int left = from.count(Integer.MAX_VALUE); left > 0; left--) {
        byte[] row = from.bytes();
        bytes += ENTRY + row.length;
        Long unused = rows.put(ByteBuffer.wrap(row), from.number());
      }
    }
  }

  /** About how many bytes of memory it takes. */
  long bytes() {
    return bytes;
  }
}
