package io.penstock.connectors.http;

import io.penstock.api.format.Block;
import io.penstock.api.format.BlockLines;
import io.penstock.api.format.BlockRecords;
import io.penstock.api.source.Bound;
import io.penstock.api.source.Out;
import io.penstock.api.source.Position;
import io.penstock.api.source.Reader;
import io.penstock.api.source.Split;
import io.penstock.api.system.Scheduler;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Hands requests on, each as a record of its own; they are numbered from the first run on. */
final class RequestReader implements Reader {
  private static final int RAW = 1 << 20;

  private final Desk desk;
  private final Set<String> meta;
  private final Scheduler scheduler;
  private final Runnable begin;
  private long number;
  private long sequence;
  private boolean paused;

  /**
   * A reader.
   *
   * @param meta what is used of {@code meta.*}
   * @param begin called once it is known where numbers go on
   */
  RequestReader(Desk desk, Set<String> meta, Scheduler scheduler, Runnable begin) {
    this.desk = desk;
    this.meta = meta;
    this.scheduler = scheduler;
    this.begin = begin;
  }

  @Override
  public void assign(Split split, Position from, Bound to) {
    number = from.offset();
    begin.run();
  }

  @Override
  public void revoke(Split split) {
    paused = true;
  }

  @Override
  public void pause(Set<Split> splits) {
    paused = !splits.isEmpty();
  }

  @Override
  public Step next(Out out, Limits limits, Duration wait) throws IOException {
    List<Arrival> taken = List.of();
    try {
      if (paused) {
        // Requests wait at the desk, until there is no place and senders are told.
        scheduler.sleep(wait);
      } else {
        taken = desk.take(wait, limits.rows(), limits.bytes());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
    if (taken.isEmpty()) {
      return Step.NOTHING_NOW;
    }
    Arrival first = taken.get(0);
    if (first.isBad()) {
      refuse(first, out);
    } else {
      out.block(block(taken));
    }
    return Step.MORE;
  }

  private void refuse(Arrival arrival, Out out) {
    byte[] body = arrival.body();
    byte[] raw = body.length > RAW ? Arrays.copyOf(body, RAW) : body;
    desk.handedOn(number, arrival);
    out.bad(
        HttpServerSource.REQUESTS, number, 0, raw, body.length, arrival.code(), arrival.message());
    number++;
  }

  private Block block(List<Arrival> arrivals) {
    int[] starts = new int[arrivals.size()];
    long[] positions = new long[starts.length];
    int length = 0;
    for (int i = 0; i < starts.length; i++) {
      starts[i] = length;
      length += arrivals.get(i).body().length;
    }
    byte[] bytes = new byte[length];
    for (int i = 0; i < starts.length; i++) {
      Arrival arrival = arrivals.get(i);
      System.arraycopy(arrival.body(), 0, bytes, starts[i], arrival.body().length);
      positions[i] = number;
      desk.handedOn(number++, arrival);
    }
    return new Block(
            bytes,
            0,
            length,
            HttpServerSource.REQUESTS.id(),
            ++sequence,
            positions[0],
            BlockLines.from(1, bytes, 0, length),
            false,
            Map.of())
        .with(
            new BlockRecords(
                starts,
                positions,
                RequestMeta.columns(arrivals.stream().map(Arrival::meta).toList(), meta)));
  }

  @Override
  public Position position(Split split) {
    return new Position(number, new TreeMap<>());
  }

  @Override
  public void close() {
    // The source answers who still waits.
  }
}
