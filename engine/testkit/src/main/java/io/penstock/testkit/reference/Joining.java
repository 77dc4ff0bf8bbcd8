package io.penstock.testkit.reference;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A join by two loops over all rows. */
final class Joining {
  /** A row in one of its windows, or in none. */
  private record Entry(Row row, Optional<Row.Range> window) {}

  private final Step.Join join;
  private final Reference.Out out;

  Joining(Step.Join join, Reference.Out out) {
    this.join = join;
    this.out = out;
  }

  void run(List<Row> left, List<Row> right) {
    List<Entry> mine = entries(left);
    List<Entry> theirs = entries(right);
    List<Entry> met = new ArrayList<>();
    for (Entry entry : mine) {
      List<Entry> partners = partners(entry, theirs);
      List<Entry> taken =
          latest(partners.stream().filter(partner -> holds(entry, partner)).toList());
      met.addAll(out.mistake == Mistake.WHERE_COMES_LATER ? partners : taken);
      boolean alone =
          out.mistake == Mistake.WHERE_COMES_LATER ? partners.isEmpty() : taken.isEmpty();
      switch (join.type()) {
        case INNER, RIGHT -> taken.forEach(partner -> pair(entry, partner));
        case LEFT, FULL -> {
          taken.forEach(partner -> pair(entry, partner));
          if (alone) {
            left(entry);
          }
        }
        case SEMI -> {
          if (!taken.isEmpty()) {
            left(entry);
          }
        }
        case ANTI -> {
          if (alone) {
            left(entry);
          }
        }
      }
    }
    if (join.type() == Step.Type.RIGHT || join.type() == Step.Type.FULL) {
      theirs.stream().filter(entry -> met.stream().noneMatch(e -> e == entry)).forEach(this::right);
    }
  }

  private List<Entry> entries(List<Row> rows) {
    List<Entry> entries = new ArrayList<>();
    if (join.bound() instanceof Step.InWindow bound) {
      out.windows(rows, bound.in())
          .forEach(
              (window, in) -> in.forEach(row -> entries.add(new Entry(row, Optional.of(window)))));
      return entries;
    }
    List<Row> onTime = join.bound() instanceof Step.Within ? out.onTime(rows) : rows;
    onTime.forEach(row -> entries.add(new Entry(row, Optional.empty())));
    return entries;
  }

  /** Those that meet by key and time. */
  private List<Entry> partners(Entry mine, List<Entry> right) {
    List<Entry> partners = new ArrayList<>();
    for (Entry theirs : right) {
      boolean key = mine.row().k().isPresent() || out.mistake == Mistake.NULLS_MEET;
      if (key
          && mine.row().k().equals(theirs.row().k())
          && mine.window().equals(theirs.window())
          && isNear(theirs.row().time() - mine.row().time())) {
        partners.add(theirs);
      }
    }
    return partners;
  }

  private boolean isNear(long apart) {
    if (join.asOf() && apart > 0) {
      return false;
    }
    if (join.bound() instanceof Step.Within within) {
      return out.mistake == Mistake.WITHIN_IS_OPEN
          ? apart > -within.before() && apart < within.after()
          : apart >= -within.before() && apart <= within.after();
    }
    return true;
  }

  private boolean holds(Entry mine, Entry theirs) {
    OptionalLong less = mine.row().v();
    OptionalLong more = theirs.row().v();
    return !join.where()
        || less.isPresent() && more.isPresent() && less.getAsLong() < more.getAsLong();
  }

  /** With {@code as_of} only the latest; of one time the one that was read later. */
  private List<Entry> latest(List<Entry> partners) {
    if (!join.asOf() || partners.isEmpty()) {
      return partners;
    }
    List<Entry> sorted = new ArrayList<>(partners);
    sorted.sort(Comparator.comparing(Entry::row, Row.BY_TIME));
    Entry latest = sorted.get(sorted.size() - 1);
    if (out.mistake == Mistake.LATEST_IS_THE_FIRST_OF_ITS_TIME) {
      long time = latest.row().time();
      return sorted.stream().filter(entry -> entry.row().time() == time).limit(1).toList();
    }
    return List.of(latest);
  }

  private void pair(Entry mine, Entry theirs) {
    Row row = mine.row();
    long later = Math.max(row.time(), theirs.row().time());
    result(row.k(), row.n(), row.v(), row.at(), theirs.row().n(), mark(mine, later));
  }

  private void left(Entry mine) {
    Row row = mine.row();
    result(row.k(), row.n(), row.v(), row.at(), OptionalLong.empty(), mark(mine, row.time()));
  }

  private void right(Entry theirs) {
    OptionalLong none = OptionalLong.empty();
    Row row = theirs.row();
    result(row.k(), none, none, none, row.n(), mark(theirs, row.time()));
  }

  private static Row.Mark mark(Entry entry, long time) {
    long own = entry.window().map(window -> window.end() - 1).orElse(time);
    return Row.Mark.made(own, entry.window());
  }

  /** What comes out; the next step is given {@code m} as {@code v}. */
  private void result(
      OptionalLong k,
      OptionalLong n,
      OptionalLong v,
      OptionalLong at,
      OptionalLong m,
      Row.Mark mark) {
    boolean one = join.type() == Step.Type.SEMI || join.type() == Step.Type.ANTI;
    String text = Row.text(k) + " " + Row.text(n) + " " + Row.text(v) + " " + Row.text(at);
    out.row(one ? text : text + " " + Row.text(m), new Row(k, n, one ? v : m, at, mark));
  }
}
