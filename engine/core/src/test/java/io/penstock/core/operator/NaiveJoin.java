package io.penstock.core.operator;

import io.penstock.core.logical.Join;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a join gives, by two nested loops over all rows. */
final class NaiveJoin {
  /** A row in one of its windows, or in none. */
  private record Entry(JoinInput.Row row, long start, long end) {}

  private final JoinShape shape;
  private final List<String> results = new ArrayList<>();

  private NaiveJoin(JoinShape shape) {
    this.shape = shape;
  }

  /** The results as texts, in their order. */
  static List<String> of(JoinShape shape, JoinInput input) {
    NaiveJoin join = new NaiveJoin(shape);
    List<Entry> left = new ArrayList<>();
    List<Entry> right = new ArrayList<>();
    for (List<JoinInput.Row> partition : input.partitions()) {
      for (JoinInput.Row row : partition) {
        join.enter(row, row.side() == 0 ? left : right);
      }
    }
    join.join(left, right);
    join.results.sort(Comparator.naturalOrder());
    return join.results;
  }

  private void enter(JoinInput.Row row, List<Entry> to) {
    JoinShape.Bound bound = shape.bound();
    if (bound.size == 0) {
      if (bound.isWithin() && row.time() <= row.stamp()) {
        results.add(text("late", row.side(), row.id(), row.stamp() - row.time()));
      } else {
        to.add(new Entry(row, 0, 0));
      }
      return;
    }
    long last = Math.floorDiv(row.time(), bound.every) * bound.every;
    for (long start = last; start > row.time() - bound.size; start -= bound.every) {
      long end = start + bound.size;
      if (end - 1 + bound.lateness() <= row.stamp()) {
        results.add(text("late", row.side(), row.id(), row.stamp() - row.time(), start));
      } else {
        to.add(new Entry(row, start, end));
      }
    }
  }

  private void join(List<Entry> left, List<Entry> right) {
    Set<Entry> met = new HashSet<>();
    for (Entry mine : left) {
      List<Entry> partners = partners(mine, right);
      boolean alone = shape.type() == Join.Type.SEMI || shape.type() == Join.Type.ANTI;
      if (partners.isEmpty() ? shape.type().keepsLeft() : shape.type() == Join.Type.SEMI) {
        result(Optional.of(mine), Optional.empty());
      }
      for (Entry theirs : partners) {
        met.add(theirs);
        if (!alone) {
          result(Optional.of(mine), Optional.of(theirs));
        }
      }
    }
    for (Entry theirs : right) {
      if (shape.type().keepsRight() && !met.contains(theirs)) {
        result(Optional.empty(), Optional.of(theirs));
      }
    }
  }

  private List<Entry> partners(Entry mine, List<Entry> right) {
    List<Entry> partners = new ArrayList<>();
    for (Entry theirs : right) {
      if (meet(mine, theirs)) {
        partners.add(theirs);
      }
    }
    if (!shape.asOf() || partners.isEmpty()) {
      return partners;
    }
    return List.of(
        partners.stream()
            .max(
                Comparator.<Entry>comparingLong(e -> e.row().time())
                    .thenComparing(e -> e.row().partition())
                    .thenComparing(e -> e.row().place()))
            .get());
  }

  private boolean meet(Entry left, Entry right) {
    JoinInput.Row mine = left.row();
    JoinInput.Row theirs = right.row();
    JoinShape.Bound bound = shape.bound();
    long apart = theirs.time() - mine.time();
    String key = mine.key();
    Long low = mine.v();
    Long high = theirs.v();
    return key != null
        && key.equals(theirs.key())
        && left.start() == right.start()
        && (!shape.asOf() || apart <= 0)
        && (!bound.isWithin() || apart >= -bound.before && apart <= bound.after)
        && (!shape.where() || low != null && high != null && low < high);
  }

  private void result(Optional<Entry> left, Optional<Entry> right) {
    JoinShape.Bound bound = shape.bound();
    String key = left.or(() -> right).map(e -> String.valueOf(e.row().key())).orElse("none");
    Object a = left.<Object>map(e -> e.row().id()).orElse("null");
    Object b = right.<Object>map(e -> e.row().id()).orElse("null");
    if (bound == JoinShape.Bound.NONE) {
      results.add(text(key, a, b));
      return;
    }
    Entry any = left.or(() -> right).orElseThrow();
    if (bound.size > 0) {
      results.add(text(key, a, b, any.end() - 1, any.start()));
      return;
    }
    long mine = left.map(e -> e.row().time()).orElse(Long.MIN_VALUE);
    long theirs = right.map(e -> e.row().time()).orElse(Long.MIN_VALUE);
    results.add(text(key, a, b, Math.max(mine, theirs)));
  }

  /** A result as a text. */
  static String text(Object... parts) {
    StringBuilder text = new StringBuilder();
    for (Object part : parts) {
      text.append(part).append(' ');
    }
    return text.toString();
  }
}
