package io.penstock.core.operator;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.core.expression.Values;
import io.penstock.core.state.Segment;
import io.penstock.core.state.SegmentFolder;
import io.penstock.core.state.SegmentWriter;
import io.penstock.testkit.MemoryDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** Results as texts; checks the promise that none is older than what was handed on. */
class JoinResults implements Operator.Out {
  final List<String> rows = new ArrayList<>();
  private long handedOn = TimeTracker.NOTHING;

  @Override
  public void rows(int output, Batch batch) {
    assertTrue(batch.size() > 0 && batch.size() <= Batch.MAX_ROWS);
    for (int row = 0; row < batch.size(); row++) {
      rows.add(output == LateMaker.LATE ? late(batch, row) : main(batch, row));
    }
  }

  private String main(Batch batch, int row) {
    List<Object> parts = new ArrayList<>();
    parts.add(value(batch, "k", row));
    parts.add(value(batch, "a", row));
    parts.add(batch.schema().indexOf("b") < 0 ? "null" : value(batch, "b", row));
    batch.times().ifPresent(times -> parts.add(times.values()[row]));
    batch.marks().windows().ifPresent(windows -> parts.add(windows.starts().values()[row]));
    if (batch.times().isPresent()) {
      long time = batch.times().get().values()[row];
      assertTrue(time > handedOn, "older than the watermark");
      assertTrue(time > Windower.stamps(batch)[row], "late at once");
    }
    return NaiveJoin.text(parts.toArray());
  }

  private static String late(Batch batch, int row) {
    List<Object> parts = new ArrayList<>(List.of("late"));
    boolean left = value(batch, "b", row).equals("null");
    parts.add(left ? 0 : 1);
    parts.add(value(batch, left ? "a" : "b", row));
    parts.add(longs(batch, "late_by")[row]);
    if (batch.schema().indexOf("window_start") >= 0) {
      parts.add(longs(batch, "window_start")[row]);
    }
    return NaiveJoin.text(parts.toArray());
  }

  private static long[] longs(Batch batch, String name) {
    return ((Column.Longs) batch.column(batch.schema().indexOf(name))).values();
  }

  private static String value(Batch batch, String name, int row) {
    int at = batch.schema().indexOf(name);
    DataType type = batch.schema().column(at).type();
    return String.valueOf(Values.get(batch.column(at), type, row));
  }

  List<String> sorted() {
    List<String> sorted = new ArrayList<>(rows);
    sorted.sort(Comparator.naturalOrder());
    return sorted;
  }

  @Override
  public void deadLetters(Batch letters) {
    throw new AssertionError("a dead letter");
  }

  static void take(Operator operator, JoinInput.Event event, long before, JoinResults out) {
    operator.rows(event.side(), event.rows());
    OneStep.drain(operator, out);
    if (event.watermark() > before) {
      operator.watermark(event.watermark());
      OneStep.drain(operator, out);
      out.handedOn = operator.handedOn(event.watermark());
    }
  }

  /** Snapshots at many places; after some the operator is lost, with rows taken since. */
  static OneStep.Made kept(
      JoinShape shape, long memory, List<JoinInput.Event> events, Random random, JoinResults out)
      throws IOException {
    MemoryDisk disk = new MemoryDisk();
    SegmentFolder folder = new SegmentFolder(disk, Path.of("/state"));
    OneStep.Made made = shape.make(disk, memory);
    List<Segment> segments = List.of();
    int settled = 0;
    int rows = 0;
    long handedOn = TimeTracker.NOTHING;
    for (int i = 0; i < events.size(); i++) {
      JoinResults.take(made.operator(), events.get(i), watermark(events, i - 1), out);
      int chance = random.nextInt(10);
      if (chance < 3) {
        SegmentWriter writer = folder.writer(i, "0");
        made.operator().snapshot(writer);
        segments = writer.segments();
        settled = i + 1;
        rows = out.rows.size();
        handedOn = out.handedOn;
      } else if (chance == 3) {
        made = shape.make(disk, memory);
        made.operator().restore(folder.reader(segments));
        out.rows.subList(rows, out.rows.size()).clear();
        out.handedOn = handedOn;
        i = settled - 1;
      }
    }
    OneStep.end(made.operator(), out);
    return made;
  }

  private static long watermark(List<JoinInput.Event> events, int index) {
    return index < 0 ? TimeTracker.NOTHING : events.get(index).watermark();
  }
}
