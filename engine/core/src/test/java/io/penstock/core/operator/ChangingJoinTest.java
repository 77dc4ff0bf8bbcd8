package io.penstock.core.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Change;
import io.penstock.api.data.Column;
import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.Provenance;
import io.penstock.api.data.RowMarks;
import io.penstock.api.data.Schema;
import io.penstock.core.expression.Values;
import io.penstock.core.logical.Join;
import io.penstock.core.state.Segment;
import io.penstock.core.state.SegmentFolder;
import io.penstock.core.state.SegmentWriter;
import io.penstock.testkit.MemoryDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A join of changes gives the pairs that the rows give that are left on both sides. */
class ChangingJoinTest {
  private static final long PLENTY = 1L << 40;
  private static final long LITTLE = 2000;

  private record Row(@Nullable String key, long id) {}

  private record Fed(int side, Batch rows) {}

  private static JoinShape shape(Join.Type type) {
    return new JoinShape(type, JoinShape.Bound.NONE, false, false);
  }

  private static Batch batch(int side, List<Row> rows, List<Change> changes) {
    Schema schema = side == 0 ? JoinShape.LEFT : JoinShape.RIGHT;
    Column[] columns = new Column[3];
    for (int i = 0; i < columns.length; i++) {
      ColumnBuilder builder = ColumnBuilder.of(schema.column(i).type());
      for (Row row : rows) {
        Object value = i == 0 ? row.key : i == 1 ? (Object) row.id : null;
        Values.append(builder, schema.column(i).type(), value);
      }
      columns[i] = builder.build();
    }
    long[] operations = changes.stream().mapToLong(Change::ordinal).toArray();
    Batch plain = Batch.of(schema, rows.size(), columns, Provenance.none("source"));
    return changes.isEmpty()
        ? plain
        : plain.with(
            RowMarks.NONE.withOperations(
                Optional.of(new Column.Longs(operations.length, operations, null))));
  }

  @Test
  void aLeftRowIsAloneUntilItsPartnerComesAndAgainWhenItGoes() {
    Operator operator = shape(Join.Type.LEFT).changing(new MemoryDisk(), PLENTY).operator();
    AppliedChanges out = new AppliedChanges();
    OneStep.take(operator, batch(0, List.of(new Row("k", 1), new Row(null, 2)), List.of()), out);
    operator.rows(1, batch(1, List.of(new Row("k", 7), new Row(null, 8)), List.of()));
    OneStep.drain(operator, out);
    operator.rows(1, batch(1, List.of(new Row("k", 7)), List.of(Change.DELETE)));
    OneStep.drain(operator, out);

    assertEquals(
        List.of(
            "+ \"k\" 1 null null",
            "+ null 2 null null",
            "< \"k\" 1 null null",
            "> \"k\" 1 null 7",
            "< \"k\" 1 null 7",
            "> \"k\" 1 null null"),
        out.changes);
  }

  @Test
  void changesGiveThePairsOfTheRowsThatAreLeft() throws IOException {
    for (Join.Type type : List.of(Join.Type.INNER, Join.Type.LEFT)) {
      for (int seed = 0; seed < 30; seed++) {
        List<List<Row>> tables = List.of(new ArrayList<>(), new ArrayList<>());
        List<Fed> fed = changing(seed, tables);
        AppliedChanges wanted = new AppliedChanges();
        Operator plain = shape(type).make(new MemoryDisk(), PLENTY).operator();
        for (int side = 0; side < 2; side++) {
          plain.rows(side, batch(side, tables.get(side), List.of()));
          OneStep.drain(plain, wanted);
        }
        OneStep.watermark(plain, Long.MAX_VALUE, wanted);
        OneStep.end(plain, wanted);
        for (long memory : List.of(PLENTY, LITTLE)) {
          AppliedChanges got = new AppliedChanges();
          long spilled = feed(shape(type), fed, seed, memory, got);

          assertEquals(wanted.table(), got.table(), type + " " + seed);
          assertEquals(memory == LITTLE, spilled > 0);
        }
      }
    }
  }

  /**
   * The operator is lost and restored from time to time, not always after what it gave last; how
   * many bytes did not fit into memory.
   */
  private static long feed(
      JoinShape shape, List<Fed> fed, int seed, long memory, AppliedChanges out)
      throws IOException {
    Random random = new Random(seed);
    MemoryDisk disk = new MemoryDisk();
    SegmentFolder folder = new SegmentFolder(disk, Path.of("/state"));
    OneStep.Made made = shape.changing(disk, memory);
    Operator operator = made.operator();
    long spilled = 0;
    List<Segment> segments = List.of();
    int settled = 0;
    int known = 0;
    for (int i = 0; i < fed.size(); i++) {
      operator.rows(fed.get(i).side(), fed.get(i).rows());
      OneStep.drain(operator, out);
      int chance = random.nextInt(6);
      if (chance < 2) {
        SegmentWriter writer = folder.writer(i, "0");
        operator.snapshot(writer);
        segments = writer.segments();
        settled = i + 1;
        known = out.changes.size();
      } else if (chance == 2) {
        operator.close();
        spilled += made.spill().written();
        made = shape.changing(disk, memory);
        operator = made.operator();
        operator.restore(folder.reader(segments));
        out.changes.subList(known, out.changes.size()).clear();
        i = settled - 1;
      }
    }
    operator.close();
    return spilled + made.spill().written();
  }

  private static List<Fed> changing(int seed, List<List<Row>> tables) {
    Random random = new Random(seed);
    List<Fed> fed = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      int side = random.nextInt(2);
      List<Row> table = tables.get(side);
      List<Row> rows = new ArrayList<>();
      List<Change> changes = new ArrayList<>();
      for (int n = random.nextInt(6); n >= 0; n--) {
        int key = random.nextInt(5);
        Row fresh = new Row(key == 0 ? null : "k" + key, random.nextInt(3));
        int what = random.nextInt(10);
        boolean updates = what >= 8;
        if (what >= 4 && !table.isEmpty()) {
          rows.add(table.remove(random.nextInt(table.size())));
          changes.add(updates ? Change.UPDATE_BEFORE : Change.DELETE);
          if (!updates) {
            continue;
          }
          changes.add(Change.UPDATE_AFTER);
        } else {
          changes.add(Change.INSERT);
        }
        rows.add(fresh);
        table.add(fresh);
      }
      fed.add(new Fed(side, batch(side, rows, changes)));
    }
    return fed;
  }
}
