package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Provenance;
import io.penstock.core.state.KeyedRun;
import io.penstock.json.ByteBuilder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Right rows of a join by key and time, in memory and on the disk, for left rows that meet the
 * latest one. Of rows of one time the later one of a source partition counts, of several partitions
 * that of the last by name; so it does not matter which came first. Rows that a step has made have
 * no place in a source and are ordered by their values. Single-threaded.
 */
final class JoinLatest {
  /** Which row may be the one. */
  @FunctionalInterface
  interface Fits {
    boolean test(int right);
  }

  private record Ordered(int[] rows, int last) {}

  private static final Ordered NOTHING = new Ordered(new int[0], -1);

  private static final byte[] BEHIND_ALL = {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1};

  private final JoinSide[] sides;
  private final JoinDisk disk;
  private final JoinGuests guests;
  private final Map<Integer, Ordered> ordered = new HashMap<>();
  private final KeyEncoder encoder = new KeyEncoder();
  private final ByteBuilder bound = new ByteBuilder(64);
  private final ByteBuilder candidate = new ByteBuilder(64);
  private final List<KeyedRun> at = new ArrayList<>();

  /**
   * No rows yet.
   *
   * @param disk has the right rows that are not in memory
   * @param guests are those of them that are found
   */
  JoinLatest(JoinSide[] sides, JoinDisk disk, JoinGuests guests) {
    this.sides = sides;
    this.disk = disk;
    this.guests = guests;
  }

  /** Rows have new places. */
  void clear() {
    ordered.clear();
  }

  /**
   * What a left row looks for.
   *
   * @param key the number of its key in memory; below zero where no row there has it
   * @param start how its key starts on the disk
   * @param until rows after this are not asked for
   * @param since rows before this are not asked for
   */
  record Wanted(int key, ByteBuilder start, long until, long since) {}

  /**
   * The latest row of a key up to a time that fits, looked for from the latest one on; -1 for none.
   */
  int find(Wanted wanted, Optional<Fits> fits) throws IOException {
    int[] rows = sides[1].first(wanted.key()) < 0 ? NOTHING.rows() : ordered(wanted.key());
    int next = behind(rows, wanted.until()) - 1;
    seek(wanted);
    while (true) {
      boolean there = next >= 0 && sides[1].time(rows[next]) >= wanted.since();
      Optional<KeyedRun> run = latest(there ? rows[next] : -1, wanted.start().length());
      if (run.isEmpty() && !there) {
        return -1;
      }
      if (run.isEmpty()) {
        if (fits.isEmpty() || fits.get().test(rows[next])) {
          return rows[next];
        }
        next--;
        continue;
      }
      int guest = disk.take(run.get(), sides[1], guests);
      if (fits.isEmpty()) {
        return guest;
      }
      guests.seat(sides[1]);
      if (fits.get().test(guest)) {
        return guest;
      }
      guests.dismiss(sides[1]);
      if (!run.get().previous() || !isWanted(run.get(), wanted)) {
        at.remove(run.get());
      }
    }
  }

  /** Goes to the last row on the disk that is wanted, in each run. */
  private void seek(Wanted wanted) throws IOException {
    at.clear();
    if (disk.isEmpty()) {
      return;
    }
    ByteBuilder start = wanted.start();
    bound.truncate(0);
    bound.append(start.array(), 0, start.length());
    if (wanted.until() == Long.MAX_VALUE) {
      bound.append(BEHIND_ALL);
    } else {
      SourcePlace.time(wanted.until() + 1, bound);
    }
    for (KeyedRun run : disk.runs()) {
      boolean there =
          run.mayHave(start.array())
              && (run.seek(bound.array(), bound.length()) ? run.previous() : run.last());
      if (there && isWanted(run, wanted)) {
        at.add(run);
      }
    }
  }

  private static boolean isWanted(KeyedRun run, Wanted wanted) {
    int start = wanted.start().length();
    return run.beginsWith(wanted.start().array(), start)
        && JoinedSessions.time(run.array(), run.keyFrom() + start) >= wanted.since();
  }

  /** The run whose row is later than those of the others and than one in memory, if any. */
  private Optional<KeyedRun> latest(int row, int start) {
    Optional<KeyedRun> latest = Optional.empty();
    for (KeyedRun run : at) {
      if (latest.isEmpty() || compare(run, latest.get(), start) > 0) {
        latest = Optional.of(run);
      }
    }
    if (latest.isEmpty() || row < 0) {
      return latest;
    }
    candidate.truncate(0);
    place(row, candidate);
    JoinRun.number(sides[1].number(row), candidate);
    KeyedRun run = latest.get();
    int order =
        Arrays.compareUnsigned(
            run.array(),
            run.keyFrom() + start,
            run.keyFrom() + run.keyLength(),
            candidate.array(),
            0,
            candidate.length());
    return order > 0 ? latest : Optional.empty();
  }

  private static int compare(KeyedRun a, KeyedRun b, int start) {
    return Arrays.compareUnsigned(
        a.array(),
        a.keyFrom() + start,
        a.keyFrom() + a.keyLength(),
        b.array(),
        b.keyFrom() + start,
        b.keyFrom() + b.keyLength());
  }

  /**
   * Appends bytes of a right row whose order is that of {@link #compare}, but for its number: its
   * place, then, for rows that a step has made, their values.
   */
  void place(int row, ByteBuilder to) {
    Provenance from = sides[1].chunk(row).provenance();
    int at = sides[1].place(row);
    SourcePlace.append(sides[1].time(row), from, at, to);
    if (from.position(at) < 0) {
      to.append(values(row));
    }
  }

  /** Where the first row after a time is. */
  private int behind(int[] rows, long until) {
    int low = 0;
    int high = rows.length;
    while (low < high) {
      int middle = low + high >>> 1;
      if (sides[1].time(rows[middle]) <= until) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** The rows of a key in memory, the one that counts last. */
  int[] ordered(int key) {
    Ordered known = ordered.getOrDefault(key, NOTHING);
    if (known.last() == sides[1].last(key)) {
      return known.rows();
    }
    // Rows are linked in the order in which they came, so those behind the last known are new.
    List<Integer> fresh = new ArrayList<>();
    int next = known.last() < 0 ? sides[1].first(key) : sides[1].next(known.last());
    for (; next >= 0; next = sides[1].next(next)) {
      fresh.add(next);
    }
    fresh.sort(this::compare);
    int[] all = merged(known.rows(), fresh);
    ordered.put(key, new Ordered(all, sides[1].last(key)));
    return all;
  }

  private int[] merged(int[] known, List<Integer> fresh) {
    int[] all = new int[known.length + fresh.size()];
    int i = 0;
    int j = 0;
    while (i + j < all.length) {
      boolean old = j == fresh.size() || i < known.length && compare(known[i], fresh.get(j)) < 0;
      int row = old ? known[i] : fresh.get(j);
      all[i + j] = row;
      i += old ? 1 : 0;
      j += old ? 0 : 1;
    }
    return all;
  }

  /** The order of two right rows of one key: the latter counts. */
  int compare(int a, int b) {
    int times = Long.compare(sides[1].time(a), sides[1].time(b));
    if (times != 0 || a == b) {
      return times;
    }
    Provenance mine = sides[1].chunk(a).provenance();
    Provenance theirs = sides[1].chunk(b).provenance();
    int order = mine.source().compareTo(theirs.source());
    order = order != 0 ? order : mine.split().compareTo(theirs.split());
    int at = sides[1].place(a);
    int beside = sides[1].place(b);
    order = order != 0 ? order : Long.compare(mine.position(at), theirs.position(beside));
    order = order != 0 ? order : Integer.compare(mine.index(at), theirs.index(beside));
    if (order == 0 && mine.position(at) < 0) {
      order = Arrays.compareUnsigned(values(a), values(b));
    }
    return order != 0 ? order : Integer.compare(a, b);
  }

  private byte[] values(int row) {
    Batch rows = sides[1].chunk(row);
    encoder.clear();
    for (int i = 0; i < rows.schema().columns(); i++) {
      encoder.value(rows.schema().column(i).type(), rows.column(i), sides[1].place(row));
    }
    return Arrays.copyOf(encoder.bytes().array(), encoder.bytes().length());
  }
}
