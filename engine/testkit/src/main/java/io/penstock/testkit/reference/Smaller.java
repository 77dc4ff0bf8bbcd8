package io.penstock.testkit.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Looks for the least of a pipeline that fails as the whole does: fewer steps, fewer rows. */
public final class Smaller {
  private final Predicate<Pipe> fails;
  private int tries;

  private Smaller(int tries, Predicate<Pipe> fails) {
    this.tries = tries;
    this.fails = fails;
  }

  /** The smallest that was found to fail, in so many tries. */
  public static Pipe of(Pipe failing, int tries, Predicate<Pipe> fails) {
    Smaller smaller = new Smaller(tries, fails);
    Pipe least = failing;
    Optional<Pipe> next = smaller.next(least);
    while (next.isPresent()) {
      least = next.get();
      next = smaller.next(least);
    }
    return least;
  }

  private Optional<Pipe> next(Pipe pipe) {
    for (Pipe fewer : candidates(pipe)) {
      if (tries-- > 0 && fails.test(fewer)) {
        return Optional.of(fewer);
      }
    }
    return Optional.empty();
  }

  private static List<Pipe> candidates(Pipe pipe) {
    List<Pipe> all = new ArrayList<>();
    int stages = pipe.stages().size();
    for (int i = 1; i < stages; i++) {
      all.add(new Pipe(pipe.unit(), pipe.sources(), pipe.stages().subList(0, i)));
    }
    for (int source = 0; source < pipe.sources().size(); source++) {
      int splits = pipe.sources().get(source).splits().size();
      for (int split = 0; split < splits; split++) {
        int rows = pipe.sources().get(source).splits().get(split).size();
        for (int count = rows; count > 0; count /= 2) {
          for (int from = 0; from < rows; from += count) {
            all.add(without(pipe, source, split, from, Math.min(rows, from + count)));
          }
        }
      }
    }
    return all;
  }

  private static Pipe without(Pipe pipe, int source, int split, int from, int to) {
    Pipe.Source old = pipe.sources().get(source);
    List<Row> rows = new ArrayList<>(old.splits().get(split));
    rows.subList(from, to).clear();
    List<List<Row>> splits = new ArrayList<>(old.splits());
    splits.set(split, rows);
    List<Pipe.Source> sources = new ArrayList<>(pipe.sources());
    sources.set(source, new Pipe.Source(old.name(), old.outOfOrder(), old.timedLater(), splits));
    return new Pipe(pipe.unit(), sources, pipe.stages());
  }
}
