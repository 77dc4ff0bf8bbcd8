package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.DataType;
import io.penstock.api.data.Provenance;
import io.penstock.api.data.RowMarks;
import io.penstock.core.expression.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Rows of two inputs with two partitions each, out of order, some late, and the orders in which
 * they may come.
 */
record JoinInput(List<List<Row>> partitions) {
  private static final long OUT_OF_ORDER = 4;
  private static final int KEYS = 4;

  /**
   * A row with what is known of it.
   *
   * @param side 0 for the left input
   * @param key absent for null
   * @param v absent for null
   * @param stamp the watermark of its partition before it
   */
  record Row(
      int side,
      int partition,
      int place,
      @Nullable String key,
      long id,
      @Nullable Long v,
      long time,
      long stamp) {}

  /** Rows that come at once, and how far time has come then at all inputs. */
  record Event(int side, Batch rows, long watermark) {}

  static JoinInput of(Random random, int rows) {
    List<List<Row>> partitions = new ArrayList<>();
    for (int partition = 0; partition < 4; partition++) {
      List<Row> own = new ArrayList<>();
      long time = random.nextInt(20);
      long greatest = TimeTracker.NOTHING;
      for (int place = 0; place < rows; place++) {
        time += random.nextInt(3);
        // Every tenth or so is later than it may be.
        long at = time - random.nextInt(random.nextInt(8) == 0 ? 12 : 4);
        long stamp = watermark(greatest);
        greatest = Math.max(greatest, at);
        int key = random.nextInt(KEYS + 1);
        own.add(
            new Row(
                partition / 2,
                partition,
                place,
                key == KEYS ? null : "k" + key,
                1000L * partition + place,
                random.nextInt(6) == 0 ? null : (long) random.nextInt(10),
                at,
                stamp));
      }
      partitions.add(own);
    }
    return new JoinInput(partitions);
  }

  private static long watermark(long greatest) {
    return greatest == TimeTracker.NOTHING ? greatest : greatest - OUT_OF_ORDER - 1;
  }

  /** One order in which the rows may come. */
  List<Event> events(Random random, int most, Optional<Long> windows) {
    List<Event> events = new ArrayList<>();
    int[] next = new int[partitions.size()];
    long[] reached = new long[partitions.size()];
    java.util.Arrays.fill(reached, TimeTracker.NOTHING);
    long watermark = TimeTracker.NOTHING;
    while (watermark < Long.MAX_VALUE) {
      int partition = random.nextInt(partitions.size());
      List<Row> all = partitions.get(partition);
      if (next[partition] == all.size()) {
        continue;
      }
      int count = Math.min(1 + random.nextInt(most), all.size() - next[partition]);
      List<Row> taken = all.subList(next[partition], next[partition] + count);
      next[partition] += count;
      for (Row row : taken) {
        reached[partition] = Math.max(reached[partition], watermark(row.time()));
      }
      if (next[partition] == all.size()) {
        reached[partition] = Long.MAX_VALUE;
      }
      watermark = Math.max(watermark, java.util.Arrays.stream(reached).min().getAsLong());
      events.add(new Event(partition / 2, batch(taken, windows), watermark));
    }
    return events;
  }

  private static Batch batch(List<Row> rows, Optional<Long> windows) {
    int size = rows.size();
    ColumnBuilder keys = ColumnBuilder.of(DataType.STRING);
    ColumnBuilder ids = ColumnBuilder.of(DataType.INT);
    ColumnBuilder values = ColumnBuilder.of(DataType.INT);
    long[] positions = new long[size];
    long[] times = new long[size];
    long[] stamps = new long[size];
    long[] starts = new long[size];
    long[] ends = new long[size];
    for (int i = 0; i < size; i++) {
      Row row = rows.get(i);
      Values.append(keys, DataType.STRING, row.key());
      Values.append(ids, DataType.INT, row.id());
      Values.append(values, DataType.INT, row.v());
      positions[i] = row.place();
      times[i] = row.time();
      stamps[i] = row.stamp();
      long length = windows.orElse(1L);
      starts[i] = Math.floorDiv(times[i], length) * length;
      ends[i] = starts[i] + length;
    }
    Row one = rows.get(0);
    Batch made =
        Batch.of(
            one.side() == 0 ? JoinShape.LEFT : JoinShape.RIGHT,
            size,
            new Column[] {keys.build(), ids.build(), values.build()},
            new Provenance(
                one.side() == 0 ? "l" : "r",
                "p" + one.partition(),
                positions,
                new int[0],
                Map.of()));
    RowMarks marks = RowMarks.NONE.withTimes(longs(times)).withStamps(longs(stamps));
    return made.with(
        windows.isEmpty()
            ? marks
            : marks.withWindows(new RowMarks.Windows(longs(starts), longs(ends))));
  }

  private static Column.Longs longs(long[] values) {
    return new Column.Longs(values.length, values, null);
  }
}
