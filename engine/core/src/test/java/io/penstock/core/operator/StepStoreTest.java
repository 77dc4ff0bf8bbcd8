package io.penstock.core.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Provenance;
import io.penstock.api.data.RowMarks;
import io.penstock.api.data.Schema;
import io.penstock.api.data.ValueType;
import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.ProblemCode;
import io.penstock.core.expression.Values;
import io.penstock.core.state.Segment;
import io.penstock.core.state.SegmentFolder;
import io.penstock.core.state.SegmentWriter;
import io.penstock.json.Json;
import io.penstock.testkit.MemoryDisk;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Steps that spill, and steps whose state is kept, against the same steps that have room. */
class StepStoreTest {
  private static final long PLENTY = 1L << 40;
  private static final long LITTLE = 600 << 10;
  private static final long VERY_LITTLE = 150 << 10;
  private static final Schema ROW =
      Schema.of(
          new Field("k", ValueType.optional(DataType.INT)),
          new Field("s", ValueType.optional(DataType.STRING)),
          new Field("d", ValueType.optional(DataType.DOUBLE)),
          new Field("m", ValueType.optional(new DataType.Decimal(30, 2))),
          new Field("b", ValueType.optional(DataType.BOOLEAN)),
          new Field("j", ValueType.optional(DataType.JSON)),
          new Field(
              "l", ValueType.optional(new DataType.ListOf(ValueType.optional(DataType.STRING)))));

  /**
   * A step.
   *
   * @param spills how many files it writes at least where there is very little memory
   */
  private record Case(String name, int spills, OneStep step) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
        new Case(
            "by int", 20, step().aggregate(List.of("k"), "count()", "sum(k)", "avg(m)", "min(s)")),
        new Case(
            "by text",
            30,
            step().aggregate(List.of("s"), "count()", "collect(k)", "max(d)", "last(j)")),
        new Case(
            "by several",
            40,
            step()
                .aggregate(
                    List.of("j", "d", "b"),
                    "sum(d)",
                    "count_distinct(s)",
                    "approx_distinct(k)",
                    "string_agg(s, ',')",
                    "median(k)")),
        new Case("by list", 0, step().aggregate(List.of("l"), "first(s)", "sum(m) + count()")),
        new Case("no key", 0, step().aggregate(List.of(), "count()", "sum(k)", "max(s)")),
        new Case("sort", 25, step().sort("-s", "^k")),
        new Case("sort by all kinds", 30, step().sort("b", "-^d", "m", "-l", "s")),
        new Case("top", 40, step().top(3, false, List.of("s"), "-d", "k")),
        new Case("top with ties", 40, step().top(2, true, List.of("k"), "b", "-m")),
        new Case("top of all", 0, step().top(50, false, List.of(), "-s", "m")),
        new Case("top by several", 0, step().top(1, true, List.of("j", "b"), "^d")),
        new Case("distinct by int", 3, step().distinct("k")),
        new Case("distinct by text", 3, step().distinct("s")),
        new Case("distinct by several", 0, step().distinct("j", "b")),
        new Case("distinct", 8, step().distinct()),
        new Case("every", 0, step().every(7)),
        new Case("limit", 0, step().limit(4321)));
  }

  private static OneStep step() {
    return new OneStep(ROW);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void spillingChangesNothing(Case used) throws IOException {
    for (int seed = 0; seed < 4; seed++) {
      List<Batch> batches = batches(seed, 20_000, seed % 2 == 0 ? 15_000 : 200);
      OneStep.Rows wanted = new OneStep.Rows();
      run(used.step().make(new MemoryDisk(), PLENTY), batches, wanted);

      MemoryDisk files = new MemoryDisk();
      FullDisk disk = new FullDisk(files, Long.MAX_VALUE);
      OneStep.Rows got = new OneStep.Rows();
      OneStep.Made made = used.step().make(disk, seed < 2 ? VERY_LITTLE : LITTLE);
      run(made, batches, got);

      assertEquals(wanted.rows, got.rows, used + ", seed " + seed);
      assertTrue(seed > 0 || disk.created() >= used.spills(), used + " spilled " + disk.created());
      made.spill().close();
      assertTrue(files.paths().stream().allMatch(path -> path.toString().endsWith(".lock")));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void restoringGoesOnAsIfNothingHadHappened(Case used) throws IOException {
    for (int seed = 0; seed < 4; seed++) {
      List<Batch> batches = batches(seed, 8_000, seed % 2 == 0 ? 3_000 : 100);
      OneStep.Rows wanted = new OneStep.Rows();
      run(used.step().make(new MemoryDisk(), PLENTY), batches, wanted);

      OneStep.Rows got = new OneStep.Rows();
      kept(used.step(), batches, seed, got);

      assertEquals(wanted.rows, got.rows, used + ", seed " + seed);
    }
  }

  /** Snapshots at many places; after some the operator is lost, with rows taken since. */
  private static void kept(OneStep step, List<Batch> batches, int seed, OneStep.Rows out)
      throws IOException {
    Random random = new Random(seed);
    MemoryDisk disk = new MemoryDisk();
    SegmentFolder folder = new SegmentFolder(disk, Path.of("/state"));
    long memory = seed < 2 ? VERY_LITTLE : PLENTY;
    OneStep.Made made = step.make(disk, memory);
    List<Segment> segments = List.of();
    int settled = 0;
    int rows = 0;
    for (int i = 0; i < batches.size(); i++) {
      OneStep.take(made.operator(), batches.get(i), out);
      int chance = random.nextInt(10);
      if (chance < 3) {
        SegmentWriter writer = folder.writer(i, "0");
        made.operator().snapshot(writer);
        segments = writer.segments();
        Set<String> names = new HashSet<>();
        for (Segment segment : segments) {
          if (segment instanceof Segment.InFile file) {
            names.add(file.name());
          }
        }
        folder.retain(names);
        settled = i + 1;
        rows = out.rows.size();
      } else if (chance == 3) {
        made.spill().close();
        folder = new SegmentFolder(disk, Path.of("/state"));
        made = step.make(disk, memory);
        made.operator().restore(folder.reader(segments));
        out.rows.subList(rows, out.rows.size()).clear();
        i = settled - 1;
      }
    }
    OneStep.end(made.operator(), out);
  }

  @Test
  void aSnapshotCostsWhatHasChanged() throws IOException {
    OneStep step = step().aggregate(List.of("k"), "count()", "collect(s)");
    MemoryDisk disk = new MemoryDisk();
    SegmentFolder folder = new SegmentFolder(disk, Path.of("/state"));
    OneStep.Made made = step.make(disk, PLENTY);
    OneStep.Rows out = new OneStep.Rows();
    for (Batch batch : batches(1, 60_000, 20_000)) {
      OneStep.take(made.operator(), batch, out);
    }
    SegmentWriter whole = folder.writer(1, "0");
    made.operator().snapshot(whole);
    List<Segment> before = whole.segments();
    long written = 0;
    int most = 0;
    List<Batch> few = batches(2, 2_000, 20_000);
    for (int epoch = 2; epoch < few.size(); epoch++) {
      OneStep.take(made.operator(), few.get(epoch), out);
      SegmentWriter writer = folder.writer(epoch, "0");
      made.operator().snapshot(writer);
      for (Segment segment : writer.segments()) {
        written += before.contains(segment) ? 0 : segment.length();
      }
      before = writer.segments();
      most = Math.max(most, before.size());
      assertEquals(whole.segments().get(0), before.get(0), "the first one is never written anew");
    }

    long size = whole.segments().get(0).length();
    assertTrue(written < size, written + " of " + size + " bytes in " + few.size() + " snapshots");
    assertTrue(most < 14, most + " segments");
    SegmentWriter same = folder.writer(100_000, "0");
    made.operator().snapshot(same);
    assertEquals(before, same.segments(), "without rows nothing is written");
  }

  @Test
  void segmentsTogetherStayNearTheSizeOfAFullSnapshot() throws IOException {
    OneStep step = step().aggregate(List.of("k"), "count()", "sum(m)");
    SegmentFolder folder = new SegmentFolder(new MemoryDisk(), Path.of("/state"));
    OneStep.Made made = step.make(new MemoryDisk(), PLENTY);
    List<Batch> batches = batches(3, 200_000, 400);
    long most = 0;
    long last = 0;
    for (int epoch = 0; epoch < batches.size(); epoch++) {
      OneStep.take(made.operator(), batches.get(epoch), new OneStep.Rows());
      SegmentWriter writer = folder.writer(epoch, "0");
      made.operator().snapshot(writer);
      last = writer.segments().stream().mapToLong(Segment::length).sum();
      most = Math.max(most, last);
    }

    assertTrue(most < 40_000, most + " bytes for 400 groups");
    assertTrue(last > 4_000, last + " bytes");
  }

  @Test
  void aGroupThatDoesNotFitEndsTheRun() {
    OneStep step = step().aggregate(List.of(), "collect(s)");
    OneStep.Made made = step.make(new MemoryDisk(), VERY_LITTLE);
    OneStep.Rows out = new OneStep.Rows();
    batches(4, 20_000, 5).forEach(batch -> OneStep.take(made.operator(), batch, out));

    PipelineException e =
        assertThrows(PipelineException.class, () -> OneStep.end(made.operator(), out));

    assertEquals(ProblemCode.R401, e.problem().code());
    assertTrue(
        e.problem()
            .message()
            .matches(
                "the step `.+` must hold one group of [0-9.]+ [KM]iB in memory, and it is more than"
                    + " the [0-9.]+ [KM]iB that steps may hold together.*"),
        e.problem().message());
  }

  @Test
  void noRoomToSpillSaysWhichStep() {
    OneStep step = step().sort("s");
    OneStep.Made made = step.make(new FullDisk(new MemoryDisk(), 200_000), VERY_LITTLE);
    OneStep.Rows out = new OneStep.Rows();
    List<Batch> batches = batches(5, 20_000, 5_000);

    PipelineException e =
        assertThrows(
            PipelineException.class,
            () -> batches.forEach(batch -> OneStep.take(made.operator(), batch, out)));

    assertEquals(ProblemCode.R402, e.problem().code());
    assertTrue(e.problem().message().contains("the step `step`"), e.problem().message());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aSnapshotThatFailsLeavesTheStateAsItWas(Case used) throws IOException {
    List<Batch> batches = batches(6, 6_000, 2_500);
    OneStep.Rows wanted = new OneStep.Rows();
    run(used.step().make(new MemoryDisk(), PLENTY), batches, wanted);

    FullDisk disk = new FullDisk(new MemoryDisk(), Long.MAX_VALUE);
    SegmentFolder folder = new SegmentFolder(disk, Path.of("/state"));
    OneStep.Made made = used.step().make(new MemoryDisk(), LITTLE);
    OneStep.Rows got = new OneStep.Rows();
    int failed = 0;
    for (int i = 0; i < batches.size(); i++) {
      OneStep.take(made.operator(), batches.get(i), got);
      SegmentFolder here = folder;
      int epoch = i;
      disk.room(i % 2 == 0 ? 0 : Long.MAX_VALUE);
      try (SegmentWriter writer = here.writer(epoch, "0")) {
        // The checkpoint has no room for anything inline.
        writer.keep(new Segment.Inline(new byte[Segment.MOST_INLINE], 0));
        made.operator().snapshot(writer);
      } catch (IOException e) {
        failed++;
      }
    }
    disk.room(Long.MAX_VALUE);
    OneStep.end(made.operator(), got);

    assertEquals(wanted.rows, got.rows);
    assertTrue(failed > 3, failed + " failed");
  }

  private static void run(OneStep.Made made, List<Batch> batches, OneStep.Rows out) {
    batches.forEach(batch -> OneStep.take(made.operator(), batch, out));
    OneStep.end(made.operator(), out);
  }

  private static List<Batch> batches(int seed, int rows, int keys) {
    Random random = new Random(seed);
    List<Batch> batches = new ArrayList<>();
    for (int made = 0; made < rows; ) {
      int size = 1 + random.nextInt(400);
      Column[] columns = new Column[ROW.columns()];
      for (int i = 0; i < columns.length; i++) {
        DataType type = ROW.column(i).type();
        ColumnBuilder builder = ColumnBuilder.of(type);
        for (int row = 0; row < size; row++) {
          Values.append(builder, type, value(ROW.fields().get(i).name(), random, keys));
        }
        columns[i] = builder.build();
      }
      Optional<Column.Longs> times =
          seed % 3 == 0
              ? Optional.of(new Column.Longs(size, random.longs(size, 0, 1000).toArray(), null))
              : Optional.empty();
      batches.add(new Batch(ROW, size, columns, Provenance.none("source"), RowMarks.of(times)));
      made += size;
    }
    return batches;
  }

  private static @Nullable Object value(String field, Random random, int keys) {
    int drawn = random.nextInt(keys);
    if (drawn % 97 == 0) {
      return null;
    }
    return switch (field) {
      case "k" -> drawn % 2 == 0 ? (long) drawn : (long) -drawn << 30;
      case "s" -> drawn == 1 ? "" : "\u00e9\u0000".substring(drawn % 3) + drawn;
      case "d" -> drawn == 1 ? Double.NaN : drawn == 2 ? -0.0 : drawn == 3 ? 0.0 : drawn / 4.0 - 9;
      case "m" ->
          drawn % 3 == 0
              ? BigDecimal.valueOf(drawn, 2).multiply(BigDecimal.TEN.pow(20)).negate()
              : BigDecimal.valueOf(drawn - 50, 2);
      case "b" -> drawn % 2 == 0;
      case "j" -> drawn % 2 == 0 ? Json.ofNumber(drawn % 50) : Json.ofText("j" + drawn % 90);
      default -> List.of("x" + drawn % 40, drawn % 5 == 0 ? "" : "y");
    };
  }
}
