package io.penstock.testkit.reference;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Steps with one input that look at several rows. */
final class Gathering {
  private final Reference.Out out;

  private Gathering(Reference.Out out) {
    this.out = out;
  }

  static void run(Step step, List<Row> rows, Reference.Out out) {
    Gathering gathering = new Gathering(out);
    if (step instanceof Step.Aggregate aggregate) {
      gathering.aggregate(aggregate, rows);
    } else if (step instanceof Step.Distinct distinct) {
      gathering.distinct(distinct, rows);
    } else if (step instanceof Step.Top top) {
      gathering.top(top, rows);
    } else if (step instanceof Step.Sort sort) {
      out.windows(rows, sort.in())
          .forEach((window, in) -> in.forEach(row -> gathering.of(row, window)));
    } else if (step instanceof Step.SortByTime) {
      gathering.sort(rows);
    } else if (step instanceof Step.Deduplicate deduplicate) {
      gathering.deduplicate(deduplicate, rows);
    } else if (step instanceof Step.Over over) {
      new Framing(over, out).run(rows);
    } else if (step instanceof Step.FillGaps fill) {
      gathering.fill(fill, rows);
    } else {
      throw new IllegalArgumentException(step.toString());
    }
  }

  private static Map<OptionalLong, List<Row>> byKey(List<Row> rows) {
    Map<OptionalLong, List<Row>> keys = new LinkedHashMap<>();
    rows.forEach(row -> keys.computeIfAbsent(row.k(), k -> new ArrayList<>()).add(row));
    return keys;
  }

  private static Map<OptionalLong, List<Row>> groups(List<Row> rows, boolean byKey) {
    return byKey ? byKey(rows) : rows.isEmpty() ? Map.of() : Map.of(OptionalLong.empty(), rows);
  }

  private void of(Row row, Row.Range window) {
    out.row(row.with(row.mark().endOf(window)));
  }

  private void aggregate(Step.Aggregate step, List<Row> rows) {
    if (step.in().windows() instanceof Windows.Session session) {
      sessions(step, session, rows);
      return;
    }
    out.windows(rows, step.in())
        .forEach(
            (window, in) ->
                groups(in, step.byKey()).forEach((k, group) -> result(step, k, window, group)));
  }

  private void sessions(Step.Aggregate step, Windows.Session session, List<Row> rows) {
    List<Row> onTime = new ArrayList<>();
    for (Row row : rows) {
      Row.Range alone = new Row.Range(row.time(), row.time() + session.gap());
      if (!out.misses(row, alone, row.time(), step.in().lateness())) {
        onTime.add(row);
      }
    }
    boolean apart = out.mistake == Mistake.SESSIONS_DO_NOT_TOUCH;
    groups(onTime, step.byKey())
        .forEach(
            (k, group) -> {
              List<Row> sorted = new ArrayList<>(group);
              sorted.sort(Comparator.comparing(Row::time));
              List<Row> open = new ArrayList<>();
              for (Row row : sorted) {
                long gap = open.isEmpty() ? 0 : row.time() - open.get(open.size() - 1).time();
                if (apart ? gap >= session.gap() : gap > session.gap()) {
                  session(step, k, session, open);
                  open = new ArrayList<>();
                }
                open.add(row);
              }
              session(step, k, session, open);
            });
  }

  private void session(
      Step.Aggregate step, OptionalLong k, Windows.Session session, List<Row> rows) {
    long last = rows.get(rows.size() - 1).time();
    result(step, k, new Row.Range(rows.get(0).time(), last + session.gap()), rows);
  }

  private void result(Step.Aggregate step, OptionalLong k, Row.Range window, List<Row> rows) {
    List<Row> ordered = new ArrayList<>(rows);
    if (step.calls().stream().anyMatch(call -> call.function().goesByOrder())) {
      boolean reversed = out.mistake == Mistake.LAST_PARTITION_IS_FIRST;
      ordered.sort(reversed ? Row.BY_TIME_LAST_PARTITION_FIRST : Row.BY_TIME);
    }
    List<String> values = new ArrayList<>();
    step.calls().forEach(call -> values.add(call.of(ordered)));
    OptionalLong first = number(values.get(0));
    long more = out.mistake == Mistake.HAVING_IS_STRICTER ? 1 : 0;
    OptionalLong least = step.shown().least();
    if (least.isPresent() && first.getAsLong() < least.getAsLong() + more) {
      return;
    }
    Row next =
        new Row(
            step.byKey() ? k : first,
            first,
            number(values.get(1)),
            OptionalLong.of(window.start()),
            Row.Mark.made(window.end() - 1, Optional.of(window)));
    String key = step.byKey() ? Row.text(k) + " " : "";
    out.row(key + window.start() + " " + window.end() + " " + String.join(" ", values), next);
  }

  private static OptionalLong number(String text) {
    return text.equals("null") ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text));
  }

  private void sort(List<Row> rows) {
    List<Row> sorted = new ArrayList<>(out.onTime(rows));
    boolean placed = sorted.stream().allMatch(row -> row.mark().place().isPresent());
    sorted.sort(placed ? Row.BY_TIME : Comparator.comparing(Row::time));
    sorted.forEach(row -> out.row(row.with(row.mark().held())));
  }

  /** In the order in which rows come, since they are passed on at once. */
  private void distinct(Step.Distinct step, List<Row> rows) {
    Map<Row.Range, Set<OptionalLong>> seen = new HashMap<>();
    for (Row row : rows) {
      for (Row.Range window : out.windows(List.of(row), step.in()).keySet()) {
        if (seen.computeIfAbsent(window, w -> new HashSet<>()).add(row.k())) {
          out.row(row.with(row.mark().in(window)));
        }
      }
    }
  }

  private static int compare(OptionalLong a, OptionalLong b, boolean descending) {
    if (a.isEmpty() || b.isEmpty()) {
      return Boolean.compare(a.isEmpty(), b.isEmpty());
    }
    int order = Long.compare(a.getAsLong(), b.getAsLong());
    return descending ? -order : order;
  }

  private void top(Step.Top step, List<Row> rows) {
    Comparator<Row> order = (a, b) -> compare(a.v(), b.v(), step.descending());
    Comparator<Row> all =
        order
            .thenComparing((a, b) -> compare(a.k(), b.k(), false))
            .thenComparing((a, b) -> compare(a.n(), b.n(), false))
            .thenComparing((a, b) -> compare(a.v(), b.v(), false))
            .thenComparing((a, b) -> compare(a.at(), b.at(), false));
    boolean ties = step.ties() && out.mistake != Mistake.TIES_ARE_CUT;
    out.windows(rows, step.in())
        .forEach(
            (window, in) -> {
              for (List<Row> group : groups(in, step.byKey()).values()) {
                List<Row> sorted = new ArrayList<>(group);
                sorted.sort(all);
                for (int i = 0; i < sorted.size(); i++) {
                  Row row = sorted.get(i);
                  long before = sorted.stream().filter(o -> order.compare(o, row) < 0).count();
                  long place = 1 + (step.ties() ? before : i);
                  if (i < step.most() || ties && before < step.most()) {
                    Row next = row.with(row.mark().endOf(window));
                    out.row(row.text() + (step.rank() ? " " + place : ""), next);
                  }
                }
              }
            });
  }

  private void deduplicate(Step.Deduplicate step, List<Row> rows) {
    List<Row> onTime = out.onTime(rows);
    if (step.keep() != Step.Keep.FIRST) {
      onTime.sort(Row.BY_TIME);
    }
    List<Row> kept = new ArrayList<>();
    for (List<Row> all : byKey(onTime).values()) {
      List<Row> left = new ArrayList<>(all);
      while (!left.isEmpty()) {
        Row first = left.get(0);
        List<Row> same = left.stream().filter(row -> isSame(step, first, row)).toList();
        left.removeAll(same);
        kept.add(step.keep() == Step.Keep.LATEST ? latest(same) : first);
      }
    }
    for (Row row : onTime) {
      if (kept.stream().anyMatch(one -> one == row)) {
        out.row(row.with(row.mark().held()));
      }
    }
  }

  private boolean isSame(Step.Deduplicate step, Row first, Row row) {
    long apart = Math.abs(row.time() - first.time());
    boolean nearer = out.mistake == Mistake.DUPLICATES_ARE_NEARER;
    return row == first || (nearer ? apart < step.within() : apart <= step.within());
  }

  private Row latest(List<Row> sorted) {
    Row latest = sorted.get(sorted.size() - 1);
    if (out.mistake != Mistake.LATEST_IS_THE_FIRST_OF_ITS_TIME) {
      return latest;
    }
    return sorted.stream().filter(row -> row.time() == latest.time()).findFirst().orElseThrow();
  }

  private void fill(Step.FillGaps step, List<Row> rows) {
    for (List<Row> series : byKey(out.onTime(rows)).values()) {
      List<Row> sorted = new ArrayList<>(series);
      sorted.sort(Row.BY_TIME);
      for (int i = 0; i < sorted.size(); i++) {
        Row row = sorted.get(i);
        out.row(row.with(row.mark().held()));
        long next = i + 1 < sorted.size() ? sorted.get(i + 1).time() : row.time();
        if (next - row.time() <= step.within()) {
          for (long time = row.time() + step.every(); time < next; time += step.every()) {
            Row.Mark made = Row.Mark.made(time, Optional.empty());
            out.row(new Row(row.k(), OptionalLong.empty(), row.v(), OptionalLong.of(time), made));
          }
        }
      }
    }
  }
}
