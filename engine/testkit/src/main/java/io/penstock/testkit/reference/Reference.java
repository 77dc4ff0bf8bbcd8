package io.penstock.testkit.reference;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a pipeline gives for an input, by lists and loops over all rows. */
public final class Reference {
  private final Mistake mistake;
  private final Map<String, List<Row>> streams = new LinkedHashMap<>();
  private final Map<String, List<String>> outputs = new TreeMap<>();

  private Reference(Mistake mistake) {
    this.mistake = mistake;
  }

  /**
   * The rows of each step, and of each output {@code late}, as texts in their order.
   *
   * @param mistake what is done wrong
   */
  public static Map<String, List<String>> outputs(Pipe pipe, Mistake mistake) {
    Reference reference = new Reference(mistake);
    pipe.sources().forEach(reference::read);
    pipe.stages().forEach(reference::run);
    reference.outputs.forEach(
        (name, rows) -> {
          if (!name.endsWith(Pipe.IN_ORDER)) {
            Collections.sort(rows);
          }
        });
    return reference.outputs;
  }

  private void read(Pipe.Source source) {
    List<Row> all = new ArrayList<>();
    long anywhere = Row.NOTHING;
    for (int split = 0; split < source.splits().size(); split++) {
      long greatest = mistake == Mistake.STAMP_OF_ANY_PARTITION ? anywhere : Row.NOTHING;
      List<Row> rows = source.splits().get(split);
      for (int i = 0; i < rows.size(); i++) {
        Row row = rows.get(i);
        boolean none = greatest == Row.NOTHING || source.outOfOrder().isEmpty();
        long stamp = none ? Row.NOTHING : greatest - source.outOfOrder().getAsLong() - 1;
        Row.Place place = new Row.Place(source.name(), split, i);
        all.add(row.with(new Row.Mark(row.time(), stamp, Optional.empty(), Optional.of(place))));
        greatest = Math.max(greatest, row.time());
      }
      anywhere = Math.max(anywhere, greatest);
    }
    streams.put(source.name(), all);
  }

  private List<Row> rows(String name) {
    return streams.getOrDefault(name, List.of());
  }

  private void run(Pipe.Stage stage) {
    List<Row> rows = rows(stage.inputs().get(0));
    Out out = new Out(mistake);
    Step step = stage.step();
    if (step instanceof Step.Filter filter) {
      rows.stream().filter(filter.test()::holds).forEach(out::row);
    } else if (step instanceof Step.Change change) {
      rows.forEach(row -> out.row(change.formula().of(row)));
    } else if (step instanceof Step.Throttle throttle) {
      rows.forEach(row -> out.row(throttle.byKey() ? row.with(row.mark().overtaken()) : row));
    } else if (step instanceof Step.Union) {
      rows.forEach(out::row);
      rows(stage.inputs().get(1)).forEach(out::row);
    } else if (step instanceof Step.Join join) {
      new Joining(join, out).run(rows, rows(stage.inputs().get(1)));
    } else {
      Gathering.run(step, rows, out);
    }
    streams.put(stage.name(), out.rows);
    outputs.put(stage.name(), out.texts);
    if (stage.isInOrder(rows)) {
      outputs.put(stage.name() + Pipe.IN_ORDER, List.copyOf(out.texts));
    }
    if (step.keepsByTime()) {
      outputs.put(stage.name() + ".late", out.late);
    }
  }

  /** What leaves a step. */
  static final class Out {
    final Mistake mistake;
    final List<Row> rows = new ArrayList<>();
    final List<String> texts = new ArrayList<>();
    final List<String> late = new ArrayList<>();

    Out(Mistake mistake) {
      this.mistake = mistake;
    }

    void row(Row row) {
      row(row.text(), row);
    }

    /** A row that comes out with other fields than those that the next step is given. */
    void row(String text, Row next) {
      texts.add(text);
      rows.add(next);
    }

    /** Whether a watermark has passed a moment. */
    boolean isOver(long moment, long stamp) {
      return mistake == Mistake.LATE_A_TICK_LATER ? moment < stamp : moment <= stamp;
    }

    /** The rows that are not late for a step without windows. */
    List<Row> onTime(List<Row> all) {
      List<Row> onTime = new ArrayList<>();
      for (Row row : all) {
        if (isOver(row.time(), row.stamp())) {
          late.add(row.text() + " " + (row.stamp() - row.time()));
        } else {
          onTime.add(row);
        }
      }
      return onTime;
    }

    /** Whether the row has missed the window; then it is told. */
    boolean misses(Row row, Row.Range window, long last, long lateness) {
      long granted = mistake == Mistake.NO_LATENESS ? 0 : lateness;
      if (!isOver(last + granted, row.stamp())) {
        return false;
      }
      long by = row.stamp() - row.time();
      late.add(row.text() + " " + by + " " + window.start() + " " + window.end());
      return true;
    }

    /** The rows of each window, in the order in which they came. */
    Map<Row.Range, List<Row>> windows(List<Row> all, Grouping in) {
      Map<Row.Range, List<Row>> windows = new LinkedHashMap<>();
      for (Row row : all) {
        List<Row.Range> own = new ArrayList<>(in.windows().of(row));
        if (mistake == Mistake.LOSES_A_HOP && own.size() > 1) {
          own.remove(own.size() - 1);
        }
        for (Row.Range window : own) {
          if (!misses(row, window, window.end() - 1, in.lateness())) {
            windows.computeIfAbsent(window, w -> new ArrayList<>()).add(row);
          }
        }
      }
      return windows;
    }
  }
}
