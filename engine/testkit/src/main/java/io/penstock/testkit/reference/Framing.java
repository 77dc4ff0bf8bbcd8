package io.penstock.testkit.reference;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** What rows get by the rows around them. */
final class Framing {
  private final Step.Over step;
  private final Reference.Out out;

  Framing(Step.Over step, Reference.Out out) {
    this.step = step;
    this.out = out;
  }

  void run(List<Row> rows) {
    List<Row> sorted = new ArrayList<>(out.onTime(rows));
    boolean placed = sorted.stream().allMatch(row -> row.mark().place().isPresent());
    sorted.sort(placed ? Row.BY_TIME : Comparator.comparing(Row::time));
    Map<OptionalLong, List<Row>> open = new HashMap<>();
    List<List<Row>> series = new ArrayList<>();
    List<Integer> places = new ArrayList<>();
    for (Row row : sorted) {
      OptionalLong key = step.byKey() ? row.k() : OptionalLong.empty();
      List<Row> own = open.computeIfAbsent(key, k -> new ArrayList<>());
      if (!own.isEmpty() && isPause(row.time() - own.get(own.size() - 1).time())) {
        own = new ArrayList<>();
        open.put(key, own);
      }
      places.add(own.size());
      own.add(row);
      series.add(own);
    }
    for (int i = 0; i < sorted.size(); i++) {
      give(series.get(i), places.get(i));
    }
  }

  private boolean isPause(long apart) {
    boolean goesOn = out.mistake == Mistake.A_PAUSE_GOES_ON;
    return step.within().isPresent() && !goesOn && apart > step.within().getAsLong();
  }

  private void give(List<Row> series, int at) {
    Row row = series.get(at);
    List<Row> frame = frame(series, at);
    List<String> values = new ArrayList<>();
    step.calls().forEach(call -> values.add(call.of(frame)));
    if (step.lag() > 0) {
      values.add(other(series, at - step.lag()));
    }
    if (step.lead() > 0) {
      values.add(other(series, at + step.lead()));
    }
    if (step.places()) {
      long before = series.stream().filter(r -> r.time() < row.time()).count();
      long times = series.subList(0, at + 1).stream().mapToLong(Row::time).distinct().count();
      values.addAll(List.of("" + (at + 1), "" + (before + 1), "" + times));
    }
    String first = values.get(0);
    OptionalLong v =
        first.equals("null") ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(first));
    Row next = new Row(row.k(), row.n(), v, row.at(), row.mark().held());
    out.row(row.text() + " " + String.join(" ", values), next);
  }

  private static String other(List<Row> series, int at) {
    return at >= 0 && at < series.size() ? Row.text(series.get(at).n()) : "null";
  }

  private List<Row> frame(List<Row> series, int at) {
    if (step.frame() instanceof Step.Rows rows) {
      int from = Math.max(0, at - rows.before());
      return series.subList(from, Math.min(series.size(), at + rows.after() + 1));
    }
    if (step.frame() instanceof Step.Range range) {
      long time = series.get(at).time();
      long less = out.mistake == Mistake.RANGE_IS_OPEN ? 1 : 0;
      return series.stream()
          .filter(r -> r.time() >= time - range.before() + less)
          .filter(r -> r.time() <= time + range.after())
          .toList();
    }
    return series.subList(0, at + 1);
  }
}
