package io.penstock.connectors.standard.nexmark;

import io.penstock.api.format.Block;
import io.penstock.api.format.BlockLines;
import io.penstock.api.option.Rate;
import io.penstock.api.source.Bound;
import io.penstock.api.source.Out;
import io.penstock.api.source.Position;
import io.penstock.api.source.Reader;
import io.penstock.api.source.Split;
import io.penstock.api.system.Clock;
import io.penstock.connectors.standard.generator.Due;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Hands on blocks that stand for events: one line end each, at the event's place. With a rate,
 * event n is due n periods after the first call; when none is due it says so at once, and the
 * engine asks again after the wait it chooses.
 */
final class NexmarkReader implements Reader {
  // As many events in a block as there would be lines in one of a file.
  private static final int BYTES_OF_AN_EVENT = 64;

  private final long events;
  private final Due due;
  private byte[] lineEnds = new byte[0];
  private Split split = new Split("");
  private long next;
  private long first;
  private long end;
  private long sequence;
  private boolean paused;

  NexmarkReader(Optional<Rate> rate, long events, Clock clock) {
    this.events = events;
    this.due = new Due(rate, clock);
  }

  @Override
  public void assign(Split newSplit, Position from, Bound to) {
    split = newSplit;
    next = from.offset();
    first = next;
    end = Math.min(events, to.offset());
  }

  @Override
  public void revoke(Split gone) {
    end = next;
  }

  @Override
  public void pause(Set<Split> splits) {
    paused = splits.contains(split);
  }

  @Override
  public Step next(Out out, Limits limits, Duration wait) {
    if (next >= end) {
      return Step.ENDED;
    }
    long most = Math.max(1, limits.bytes() / BYTES_OF_AN_EVENT);
    int size = paused ? 0 : (int) Math.min(Math.min(most, due.rows() - (next - first)), end - next);
    if (size <= 0) {
      return Step.NOTHING_NOW;
    }
    out.block(block(size));
    sequence++;
    next += size;
    return Step.MORE;
  }

  private Block block(int size) {
    if (lineEnds.length < size) {
      lineEnds = new byte[size];
      Arrays.fill(lineEnds, (byte) '\n');
    }
    BlockLines lines = BlockLines.from(next + 1, lineEnds, 0, size);
    boolean last = next + size == end;
    return new Block(lineEnds, 0, size, split.id(), sequence, next, lines, last, Map.of());
  }

  @Override
  public Position position(Split of) {
    return new Position(next, Position.START.evidence());
  }

  @Override
  public void close() {}
}
