package io.penstock.core.checkpoint;

import io.penstock.api.sink.Staged;
import io.penstock.api.source.Position;
import io.penstock.core.state.DamagedException;
import io.penstock.core.state.SegmentFolder;
import io.penstock.core.state.StateInput;
import io.penstock.core.state.StateOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Checkpoints and plans as bytes. Maps are written by key, so that equal ones are equal bytes. */
final class Codec {
  static final int CHECKPOINT = 'C';
  static final int PLAN = 'P';
  private static final int MOST = 1 << 24;

  private Codec() {}

  @FunctionalInterface
  private interface Writes<T> {
    void write(T value, StateOutput to) throws IOException;
  }

  @FunctionalInterface
  private interface Reads<T> {
    T read(StateInput from) throws IOException;
  }

  static void write(Checkpoint point, StateOutput to) throws IOException {
    to.number(point.epoch());
    to.text(point.run());
    to.text(point.engine());
    to.bytes(point.print(), 0, point.print().length);
    to.text(point.mode());
    to.number(point.createdMicros());
    to.number(point.ending().ordinal());
    slot(point.slot(), to);
    map(point.sources(), Codec::source, to);
    map(point.stages(), Codec::stage, to);
    map(point.sinks(), Codec::sink, to);
    map(point.tables(), (text, out) -> out.text(text), to);
    map(point.counts(), Codec::counts, to);
    Map<String, Checkpoint.StageState> timed = new TreeMap<>(point.stages());
    timed.values().removeIf(stage -> stage.times().isEmpty());
    map(timed, (stage, out) -> list(stage.times(), Codec::time, out), to);
    Map<String, Checkpoint.SourceState> read = new TreeMap<>(point.sources());
    read.values().removeIf(source -> source.reads().isEmpty());
    map(read, (source, out) -> list(source.reads(), Codec::lastRead, out), to);
  }

  private static void lastRead(Checkpoint.LastRead read, StateOutput to) throws IOException {
    to.text(read.partition());
    to.number(read.at());
    to.number(read.told());
  }

  private static Checkpoint.LastRead lastRead(StateInput from) throws IOException {
    return new Checkpoint.LastRead(from.text(), from.number(), from.number());
  }

  private static void time(Checkpoint.PartitionTime time, StateOutput to) throws IOException {
    to.number(time.port());
    to.text(time.timer());
    to.text(time.source());
    to.text(time.partition());
    to.number(time.watermark());
    to.flag(time.idle());
  }

  private static Checkpoint.PartitionTime time(StateInput from) throws IOException {
    return new Checkpoint.PartitionTime(
        from.count(MOST), from.text(), from.text(), from.text(), from.number(), from.flag());
  }

  static Checkpoint checkpoint(StateInput from) throws IOException {
    Checkpoint point = untimed(from);
    if (from.atEnd()) {
      // The first format knew no times.
      return point;
    }
    Checkpoint timed = point.timed(map(from, in -> list(in, Codec::time)));
    // The second did not know when partitions were read.
    return from.atEnd() ? timed : timed.read(map(from, in -> list(in, Codec::lastRead)));
  }

  private static Checkpoint untimed(StateInput from) throws IOException {
    return new Checkpoint(
        from.number(),
        from.text(),
        from.text(),
        from.bytes(),
        from.text(),
        from.number(),
        ending(from),
        slot(from),
        map(from, Codec::source),
        map(from, Codec::stage),
        map(from, Codec::sink),
        map(from, StateInput::text),
        map(from, Codec::counts));
  }

  private static Checkpoint.Ending ending(StateInput from) throws IOException {
    return Checkpoint.Ending.values()[from.count(Checkpoint.Ending.values().length - 1)];
  }

  static void write(BatchPlan plan, StateOutput to) throws IOException {
    to.number(plan.epoch());
    to.number(plan.nowMicros());
    slot(plan.slot(), to);
    to.number(plan.maxRows());
    to.number(plan.maxBytes());
    map(plan.sources(), (splits, out) -> list(splits, Codec::split, out), to);
  }

  static BatchPlan plan(StateInput from) throws IOException {
    return new BatchPlan(
        from.number(),
        from.number(),
        slot(from),
        from.number(),
        from.number(),
        map(
            from,
            in ->
                list(in, one -> new BatchPlan.SplitPlan(one.text(), position(one), one.number()))));
  }

  private static void split(BatchPlan.SplitPlan split, StateOutput to) throws IOException {
    to.text(split.split());
    position(split.from(), to);
    to.number(split.to());
  }

  private static void source(Checkpoint.SourceState source, StateOutput to) throws IOException {
    list(
        source.splits(),
        (split, out) -> {
          out.text(split.split());
          position(split.position(), out);
          out.flag(split.ended());
        },
        to);
    to.flag(source.ended());
  }

  private static Checkpoint.SourceState source(StateInput from) throws IOException {
    List<Checkpoint.SplitPosition> splits =
        list(from, in -> new Checkpoint.SplitPosition(in.text(), position(in), in.flag()));
    return new Checkpoint.SourceState(splits, from.flag());
  }

  private static void position(Position position, StateOutput to) throws IOException {
    to.number(position.offset());
    map(position.evidence(), (text, out) -> out.text(text), to);
  }

  private static Position position(StateInput from) throws IOException {
    return new Position(from.number(), new TreeMap<>(map(from, StateInput::text)));
  }

  private static void stage(Checkpoint.StageState stage, StateOutput to) throws IOException {
    list(stage.segments(), SegmentFolder::write, to);
    to.flag(stage.finished());
  }

  private static Checkpoint.StageState stage(StateInput from) throws IOException {
    return new Checkpoint.StageState(list(from, SegmentFolder::read), from.flag());
  }

  private static void sink(Checkpoint.SinkState sink, StateOutput to) throws IOException {
    to.text(sink.kind());
    list(sink.staged(), Codec::staged, to);
    to.number(sink.committed());
    staged(sink.mark(), to);
  }

  private static Checkpoint.SinkState sink(StateInput from) throws IOException {
    return new Checkpoint.SinkState(
        from.text(), list(from, Codec::staged), from.number(), staged(from));
  }

  static void staged(Staged staged, StateOutput to) throws IOException {
    to.text(staged.kind());
    map(staged.details(), (text, out) -> out.text(text), to);
  }

  static Staged staged(StateInput from) throws IOException {
    return new Staged(from.text(), map(from, StateInput::text));
  }

  private static void counts(Checkpoint.Counts counts, StateOutput to) throws IOException {
    to.number(counts.in());
    to.number(counts.out());
    to.number(counts.filtered());
    to.number(counts.failed());
    to.number(counts.skipped());
    to.number(counts.deadLettered());
  }

  private static Checkpoint.Counts counts(StateInput from) throws IOException {
    return new Checkpoint.Counts(
        from.number(), from.number(), from.number(), from.number(), from.number(), from.number());
  }

  private static void slot(Optional<Long> slot, StateOutput to) throws IOException {
    to.flag(slot.isPresent());
    if (slot.isPresent()) {
      to.number(slot.get());
    }
  }

  private static Optional<Long> slot(StateInput from) throws IOException {
    return from.flag() ? Optional.of(from.number()) : Optional.empty();
  }

  private static <T> void list(List<T> values, Writes<T> each, StateOutput to) throws IOException {
    to.number(values.size());
    for (T value : values) {
      each.write(value, to);
    }
  }

  private static <T> List<T> list(StateInput from, Reads<T> each) throws IOException {
    List<T> values = new ArrayList<>();
    for (int i = from.count(MOST); i > 0; i--) {
      values.add(each.read(from));
    }
    return values;
  }

  private static <T> void map(Map<String, T> values, Writes<T> each, StateOutput to)
      throws IOException {
    to.number(values.size());
    for (Map.Entry<String, T> entry : new TreeMap<>(values).entrySet()) {
      to.text(entry.getKey());
      each.write(entry.getValue(), to);
    }
  }

  private static <T> Map<String, T> map(StateInput from, Reads<T> each) throws IOException {
    Map<String, T> values = new LinkedHashMap<>();
    for (int i = from.count(MOST); i > 0; i--) {
      String name = from.text();
      if (values.put(name, each.read(from)) != null) {
        throw new DamagedException("`" + name + "` stands twice");
      }
    }
    return values;
  }
}
