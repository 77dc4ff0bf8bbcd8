package io.penstock.connectors.http;

import io.penstock.api.problem.ProblemCode;
import io.penstock.api.sink.Rejects;
import io.penstock.api.sink.SinkRows;
import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes parcels of rows, always the same of the same rows: a parcel goes once it has its rows, and
 * the oldest goes where there are too many targets.
 */
final class Packer {
  private static final int MOST_OPEN = 64;

  private final Targets targets;
  private final int maxRows;
  private final Taker taker;
  private final List<Rejects.Reject> rejects;
  private final Map<Target, Parcel.Builder> open = new LinkedHashMap<>();

  /** Takes parcels away. */
  @FunctionalInterface
  interface Taker {
    void take(Parcel parcel) throws IOException;
  }

  Packer(Targets targets, int maxRows, Taker taker, List<Rejects.Reject> rejects) {
    this.targets = targets;
    this.maxRows = maxRows;
    this.taker = taker;
    this.rejects = rejects;
  }

  /**
   * Adds rows.
   *
   * @param first the number of the first of them
   */
  void add(SinkRows rows, int first) throws IOException {
    for (int row = 0; row < rows.rows().size(); row++) {
      Optional<Target> target = targets.of(rows.computed(), row);
      if (target.isEmpty()) {
        rejects.add(new Rejects.Reject(first + row, ProblemCode.D304, targets.refusal()));
        continue;
      }
      Parcel.Builder builder = builder(target.get());
      builder.add(rows.rows(), row, first + row);
      if (builder.size() >= maxRows) {
        open.remove(target.get());
        taker.take(builder.build());
      }
    }
  }

  private Parcel.Builder builder(Target target) throws IOException {
    Parcel.Builder known = open.get(target);
    if (known != null) {
      return known;
    }
    if (open.size() >= MOST_OPEN) {
      Iterator<Parcel.Builder> oldest = open.values().iterator();
      Parcel parcel = oldest.next().build();
      oldest.remove();
      taker.take(parcel);
    }
    Parcel.Builder made = new Parcel.Builder(target);
    open.put(target, made);
    return made;
  }

  /** No more rows come. */
  void end() throws IOException {
    for (Parcel.Builder builder : open.values()) {
      taker.take(builder.build());
    }
    open.clear();
  }
}
