package io.penstock.testkit.reference;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;

/** Rows of sources by chance: out of order, late, twice, at one time, far apart, without a key. */
final class InputRows {
  /** Where the clocks are changed at midnight in some years. */
  static final String ZONE = "America/Sao_Paulo";

  private static final List<String> CHANGES =
      List.of("2017-10-13T20:00:00Z", "2018-02-16T20:00:00Z", "1969-12-30T03:00:00Z");
  private static final int MOST = 18;
  private static final int MANY = 120;

  private final Random random;
  private final long unit;
  private final long begin;

  InputRows(Random random, long unit) {
    this.random = random;
    this.unit = unit;
    this.begin = unit == 1 ? (one(2) ? -15 : 1_000_000) : change();
  }

  private long change() {
    Instant at = Instant.parse(CHANGES.get(random.nextInt(CHANGES.size())));
    return ChronoUnit.MICROS.between(Instant.EPOCH, at);
  }

  private boolean one(int of) {
    return random.nextInt(of) == 0;
  }

  Pipe.Source source(String name) {
    int count = one(2) ? 1 : 1 + random.nextInt(3);
    OptionalLong outOfOrder =
        one(12) ? OptionalLong.empty() : OptionalLong.of(one(3) ? 0 : unit * random.nextInt(6));
    int first = name.equals("a") ? 0 : 1000;
    List<List<Row>> splits = new ArrayList<>();
    for (int split = 0; split < count; split++) {
      splits.add(
          one(10) ? List.of() : rows(first + 100 * split, random.nextInt(one(15) ? MANY : MOST)));
    }
    return new Pipe.Source(name, outOfOrder, one(4), splits);
  }

  private List<Row> rows(int first, int count) {
    List<Row> rows = new ArrayList<>();
    long time = begin + unit * random.nextInt(10);
    for (int i = 0; i < count; i++) {
      if (i > 0 && one(12)) {
        rows.add(rows.get(i - 1));
        continue;
      }
      time += unit * forward();
      long at = time - unit * (one(5) ? random.nextInt(16) : one(2) ? random.nextInt(4) : 0);
      // Just before a moment at which windows end.
      at -= unit > 1 && one(6) ? 1 : 0;
      rows.add(row(first + i, at));
    }
    return rows;
  }

  private int forward() {
    if (one(15)) {
      return 40;
    }
    return one(2) ? random.nextInt(3) : random.nextInt(7);
  }

  private Row row(int n, long at) {
    OptionalLong k = one(6) ? OptionalLong.empty() : OptionalLong.of(1 + random.nextInt(3));
    OptionalLong v = one(6) ? OptionalLong.empty() : OptionalLong.of(random.nextInt(10));
    Row.Mark mark = new Row.Mark(at, Row.NOTHING, Optional.empty(), Optional.empty());
    return new Row(k, OptionalLong.of(n), v, OptionalLong.of(at), mark);
  }
}
