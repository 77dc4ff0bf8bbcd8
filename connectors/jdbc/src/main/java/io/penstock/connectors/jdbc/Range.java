package io.penstock.connectors.jdbc;

import io.penstock.api.data.Batch;
import io.penstock.api.format.Block;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.source.Out;
import io.penstock.api.source.Position;
import io.penstock.api.source.Reader;
import io.penstock.api.source.Split;
import io.penstock.api.system.Scheduler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A range that a thread of its own reads a few batches ahead. Thread-safe where it says so: what
 * was read waits in a queue, from the range's thread to that of the source.
 */
final class Range {
  private static final int AHEAD = 2;
  private static final Duration LOOK = Duration.ofMillis(100);

  private final Split split;
  private final Reader reading;
  private final BlockingQueue<Piece> pieces = new ArrayBlockingQueue<>(AHEAD);
  private Position at;
  private boolean ended;
  private volatile boolean stopped;

  /**
   * What a step of reading came to.
   *
   * @param behind the position after it
   * @param last whether it is the end
   * @param wrong what kept from reading
   */
  private record Piece(
      Consumer<Out> handing, Position behind, boolean last, Optional<RuntimeException> wrong) {}

  Range(Split split, Position from, Reader reading) {
    this.split = split;
    this.at = from;
    this.reading = reading;
  }

  Split split() {
    return split;
  }

  Position position() {
    return at;
  }

  boolean isEnded() {
    return ended;
  }

  /** Asks the thread to end. Called by any thread. */
  void stop() {
    stopped = true;
  }

  /** Hands on what was read next; waits for it at most so long. */
  Reader.Step hand(Out out, Duration wait) {
    Optional<Piece> next = taken(wait);
    if (next.isEmpty()) {
      return Reader.Step.NOTHING_NOW;
    }
    next.get()
        .wrong()
        .ifPresent(
            wrong -> {
              throw wrong;
            });
    next.get().handing().accept(out);
    at = next.get().behind();
    ended = next.get().last();
    return Reader.Step.MORE;
  }

  private Optional<Piece> taken(Duration wait) {
    try {
      return Optional.ofNullable(pieces.poll(wait.toNanos(), TimeUnit.NANOSECONDS));
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** Reads to the end, or until it is to stop. Called by the range's thread. */
  void readAhead(Reader.Limits limits, Scheduler scheduler) {
    try (reading) {
      boolean last = false;
      while (!last && !stopped) {
        Kept kept = new Kept();
        Reader.Step step = reading.next(kept, limits, LOOK);
        last = step == Reader.Step.ENDED;
        if (step == Reader.Step.NOTHING_NOW) {
          scheduler.sleep(LOOK);
        } else {
          put(new Piece(kept.handing, reading.position(split), last, Optional.empty()));
        }
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    } catch (IOException wrong) {
      fail(new UncheckedIOException(wrong));
    } catch (RuntimeException wrong) {
      fail(wrong);
    }
  }

  private void fail(RuntimeException wrong) {
    try {
      put(new Piece(out -> {}, at, false, Optional.of(wrong)));
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  private void put(Piece piece) throws InterruptedException {
    boolean in = false;
    while (!in && !stopped) {
      in = pieces.offer(piece, LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** Keeps the one thing that is handed on. */
  private static final class Kept implements Out {
    private Consumer<Out> handing = out -> {};

    @Override
    public void block(Block block) {
      handing = out -> out.block(block);
    }

    @Override
    public void rows(Batch rows) {
      handing = out -> out.rows(rows);
    }

    @Override
    public void bad(
        Split of,
        long position,
        long line,
        byte[] raw,
        long rawBytes,
        ProblemCode code,
        String message) {
      handing = out -> out.bad(of, position, line, raw, rawBytes, code, message);
    }
  }
}
