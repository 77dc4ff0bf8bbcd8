package io.penstock.dsl.launcher.change;

import io.penstock.api.sink.Staged;
import io.penstock.api.source.Position;
import io.penstock.core.checkpoint.Checkpoint;
import io.penstock.core.checkpoint.Identity;
import io.penstock.core.checkpoint.Spool;
import io.penstock.core.state.Segment;
import io.penstock.core.upgrade.PlanPrint;
import io.penstock.core.upgrade.StepPrint;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** All that a checkpoint holds, as a document. */
public final class CheckpointDocument {
  private CheckpointDocument() {}

  /** A checkpoint of a run. */
  public static Map<String, Object> of(Identity identity, Checkpoint point) throws IOException {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("pipeline", identity.pipeline());
    document.put("run", point.run());
    document.put("begun", time(identity.createdMicros()));
    document.put("epoch", point.epoch());
    document.put("written", time(point.createdMicros()));
    document.put("engine", point.engine());
    document.put("mode", point.mode());
    document.put("ending", ending(point));
    point.slot().ifPresent(slot -> document.put("slot", time(slot)));
    Map<String, Object> sources = new LinkedHashMap<>();
    new TreeMap<>(point.sources()).forEach((step, state) -> sources.put(step, source(state)));
    document.put("sources", sources);
    Map<String, Object> stages = new LinkedHashMap<>();
    new TreeMap<>(point.stages()).forEach((step, state) -> stages.put(step, stage(state)));
    document.put("steps", stages);
    Map<String, Object> sinks = new LinkedHashMap<>();
    new TreeMap<>(point.sinks()).forEach((step, state) -> sinks.put(step, sink(state)));
    document.put("sinks", sinks);
    document.put("tables", new TreeMap<>(point.tables()));
    Map<String, Object> counts = new LinkedHashMap<>();
    new TreeMap<>(point.counts()).forEach((step, rows) -> counts.put(step, counts(rows)));
    document.put("rows", counts);
    document.put("print", print(point.print()));
    return document;
  }

  /** Micros since 1970 as people read them. */
  public static String time(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString();
  }

  /** How the run stood, in words. */
  public static String ending(Checkpoint point) {
    return switch (point.ending()) {
      case GOES_ON -> "went on";
      case STOPPED -> "stopped cleanly";
      case FINISHED -> "finished";
    };
  }

  private static Map<String, Object> source(Checkpoint.SourceState state) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("ended", state.ended());
    List<Object> splits = new ArrayList<>();
    for (Checkpoint.SplitPosition split : state.splits()) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("split", split.split());
      entry.putAll(position(split.position()));
      entry.put("ended", split.ended());
      splits.add(entry);
    }
    document.put("splits", splits);
    if (!state.reads().isEmpty()) {
      Map<String, Object> reads = new TreeMap<>();
      state.reads().forEach(read -> reads.put(read.partition(), time(read.at())));
      document.put("last_read", reads);
    }
    return document;
  }

  private static Map<String, Object> position(Position position) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("at", position.offset());
    if (!position.evidence().isEmpty()) {
      document.put("evidence", new TreeMap<>(position.evidence()));
    }
    return document;
  }

  private static Map<String, Object> stage(Checkpoint.StageState state) {
    long entries = 0;
    long bytes = 0;
    List<Object> segments = new ArrayList<>();
    for (Segment segment : state.segments()) {
      entries += segment.entries();
      bytes += segment.length();
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("in", segment instanceof Segment.InFile file ? file.name() : "checkpoint");
      entry.put("entries", segment.entries());
      entry.put("bytes", segment.length());
      segments.add(entry);
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("finished", state.finished());
    document.put("entries", entries);
    document.put("bytes", bytes);
    document.put("segments", segments);
    return document;
  }

  private static Map<String, Object> sink(Checkpoint.SinkState state) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("kind", state.kind().toLowerCase(Locale.ROOT));
    document.put("committed", state.committed());
    List<Object> staged = new ArrayList<>();
    state.staged().forEach(handle -> staged.add(Spool.is(handle) ? spool(handle) : staged(handle)));
    document.put("staged", staged);
    if (!state.mark().details().isEmpty()) {
      document.put("mark", staged(state.mark()));
    }
    return document;
  }

  /** Where rows are that wait for a sink, as where state is; the rows themselves are not shown. */
  private static Map<String, Object> spool(Staged spool) {
    Map<String, Object> document = staged(Spool.named(spool));
    document.remove("name");
    document.put("in", Spool.isInFile(spool) ? Spool.name(spool) : "checkpoint");
    return document;
  }

  private static Map<String, Object> staged(Staged staged) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("kind", staged.kind());
    document.putAll(new TreeMap<>(staged.details()));
    return document;
  }

  private static Map<String, Object> counts(Checkpoint.Counts rows) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("in", rows.in());
    document.put("out", rows.out());
    document.put("filtered", rows.filtered());
    document.put("failed", rows.failed());
    document.put("skipped", rows.skipped());
    document.put("dead_lettered", rows.deadLettered());
    return document;
  }

  private static Map<String, Object> print(byte[] bytes) throws IOException {
    PlanPrint print = PlanPrint.read(bytes);
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("hash", print.hash());
    for (StepPrint step : print.steps()) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("hash", step.hash());
      entry.putAll(step.parts());
      document.put(PlanDifference.word(step.section()) + " " + step.step(), entry);
    }
    if (!print.tables().isEmpty()) {
      document.put("tables", print.tables());
    }
    return document;
  }
}
