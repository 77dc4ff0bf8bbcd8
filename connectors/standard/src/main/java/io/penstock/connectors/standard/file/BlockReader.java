package io.penstock.connectors.standard.file;

import io.penstock.api.format.Block;
import io.penstock.api.format.BlockLines;
import io.penstock.api.format.SpareArrays;
import io.penstock.api.format.Splitter;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.source.Out;
import io.penstock.api.source.Split;
import io.penstock.connectors.standard.compression.ByteInput;
import io.penstock.connectors.standard.compression.DamagedException;
import io.penstock.connectors.standard.value.ByteScan;
import io.penstock.connectors.standard.value.TooLong;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads a stream of bytes as blocks of whole records. A record past the limit is reported and
 * passed over up to the end of its line; where records do not end with lines, so is all that
 * follows.
 */
public final class BlockReader implements AutoCloseable {
  private static final int RAW = 1 << 20;

  private static final int EDGE = 64;

  // What an input that changes the encoding wants at least.
  private static final int ROOM = 4;

  private final String name;
  private final ByteInput input;
  private final Splitter splitter;
  private final boolean endsWithLines;
  private final int maxRecord;
  private final boolean slow;
  private final Map<String, String> meta;
  private final SpareArrays spares;
  private byte[] carry = new byte[0];
  private long sequence;
  private long position;
  private BlockLines lines = BlockLines.from(1, new byte[0], 0, 0);
  private byte[] buffer = new byte[0];
  private int room;
  private int length;
  private boolean skipping;
  private boolean endOfInput;
  private boolean ended;
  private boolean resumed;
  private boolean growing;
  private Tail tail = new Tail();
  private @Nullable DamagedException damage;

  /**
   * @param name the id of the stream in its blocks
   * @param splitters makes splitters; one is used up to learn whether records end with lines
   * @param slow whether whatever is there is handed on at once, as from a terminal
   */
  public BlockReader(
      String name,
      ByteInput input,
      Supplier<Splitter> splitters,
      int maxRecord,
      boolean slow,
      Map<String, String> meta) {
    this(name, input, splitters, maxRecord, slow, meta, new SpareArrays());
  }

  /**
   * The same.
   *
   * @param spares arrays for the blocks, which may be those of a stream before
   */
  BlockReader(
      String name,
      ByteInput input,
      Supplier<Splitter> splitters,
      int maxRecord,
      boolean slow,
      Map<String, String> meta,
      SpareArrays spares) {
    this.name = name;
    this.input = input;
    this.splitter = splitters.get();
    byte[] twoLines = {'a', '\n', 'b', '\n', 'c', '\n', 'd'};
    int cut = splitters.get().cut(twoLines, 0, twoLines.length, false);
    this.endsWithLines = cut != Splitter.NONE;
    this.slow = slow;
    this.maxRecord = maxRecord;
    this.meta = meta;
    this.spares = spares;
  }

  /**
   * Hands on one block, or what is wrong; false when nothing was left, or, while the stream may
   * grow, when no whole record is there.
   */
  public boolean next(Out out, int bytes) throws IOException {
    if (ended) {
      return false;
    }
    length = carry.length;
    room = length + Math.max(ROOM, bytes);
    buffer = spares.take(room);
    System.arraycopy(carry, 0, buffer, 0, length);
    while (true) {
      boolean dry = fill();
      if (skipping) {
        skipLine();
        if (skipping && !stopped() && !dry) {
          continue;
        }
      }
      if (length == 0 && endOfInput && resumed) {
        ended = true;
        return false;
      }
      int cut = splitter.cut(buffer, 0, length, endOfInput);
      if (cut != Splitter.NONE) {
        hand(cut, out);
        return true;
      }
      if (damage != null) {
        broken(damage, out);
        return true;
      }
      if (length > maxRecord) {
        tooLong(out);
        return true;
      }
      if (dry) {
        carry = Arrays.copyOf(buffer, length);
        return false;
      }
      room *= 2;
      buffer = Arrays.copyOf(buffer, room);
    }
  }

  private boolean stopped() {
    return endOfInput || damage != null;
  }

  /**
   * Reads until the room is full or the stream ends; where the input is slow, once.
   *
   * @return whether the stream, which may grow, has no more now
   */
  private boolean fill() throws IOException {
    try {
      while (!stopped() && room - length >= ROOM) {
        int count = input.read(buffer, length, room - length);
        if (count < 0 && growing) {
          return true;
        }
        endOfInput = count < 0;
        length += Math.max(0, count);
        if (slow) {
          return false;
        }
      }
    } catch (DamagedException found) {
      damage = found;
    }
    return false;
  }

  private void hand(int cut, Out out) throws IOException {
    byte[] rest =
        cut < length || slow || growing ? Arrays.copyOfRange(buffer, cut, length) : lookAhead();
    tail.add(buffer, 0, cut);
    lines = lines.next(buffer, 0, cut);
    Block block = new Block(buffer, 0, cut, name, sequence++, position, lines, endOfInput, meta);
    out.block(block.in(spares));
    position += cut;
    carry = rest;
    ended = endOfInput;
  }

  // Whether a block is the last is known only when more was looked for.
  private byte[] lookAhead() throws IOException {
    byte[] ahead = new byte[EDGE];
    try {
      int count = stopped() ? 0 : input.read(ahead, 0, ahead.length);
      endOfInput |= count < 0;
      return Arrays.copyOf(ahead, Math.max(0, count));
    } catch (DamagedException found) {
      damage = found;
      return new byte[0];
    }
  }

  /** Passes over bytes that are not handed on. */
  private void pass(byte[] bytes, int count) {
    position += count;
    tail.add(bytes, 0, count);
    lines = lines.next(bytes, 0, count);
    // The bytes will change or go.
    int unused = lines.count();
  }

  /** The line in which the first byte not handed on stands, from 1. */
  public long line() {
    return lines.first() + lines.count();
  }

  /** The CRC32C of up to 4 KiB that were handed on last. */
  public int check() {
    return tail.check();
  }

  /** Whether the bytes up to the end of the line belong to a record that is too long. */
  public boolean passing() {
    return skipping;
  }

  /** Whether nothing more is handed on. */
  public boolean ended() {
    return ended;
  }

  /** Says that the stream may grow: its end is none until {@link #finish}. */
  void grow() {
    growing = true;
  }

  /** Says that a stream that was to grow will not. */
  void finish() {
    growing = false;
    resumed = true;
  }

  private void broken(DamagedException found, Out out) {
    ended = true;
    out.bad(
        new Split(name),
        position,
        line(),
        Arrays.copyOf(buffer, Math.min(RAW, length)),
        length,
        found.code(),
        found.text());
  }

  private void tooLong(Out out) {
    out.bad(
        new Split(name),
        position,
        line(),
        Arrays.copyOf(buffer, Math.min(RAW, length)),
        length,
        ProblemCode.D107,
        TooLong.message(maxRecord));
    pass(buffer, length);
    carry = new byte[0];
    skipping = true;
    ended = !endsWithLines || endOfInput;
  }

  private void skipLine() {
    int end = ByteScan.indexOf(buffer, 0, length, (byte) '\n');
    int gone = Math.min(length, end + 1);
    skipping = end == length;
    pass(buffer, gone);
    System.arraycopy(buffer, gone, buffer, 0, length - gone);
    length -= gone;
  }

  /** The position of the first byte not handed on. */
  public long position() {
    return position;
  }

  /**
   * Goes on at a place where the input, which is there already, was left.
   *
   * @param before the bytes before it
   */
  void resume(FileMark mark, Tail before) {
    position = mark.offset();
    lines = BlockLines.from(mark.line(), new byte[0], 0, 0);
    tail = before;
    resumed(mark);
  }

  /** Passes over bytes that were handed on before. */
  void skipTo(FileMark mark) throws IOException {
    long wanted = mark.offset();
    byte[] passing = new byte[1 << 16];
    while (position < wanted) {
      int most = (int) Math.min(passing.length, wanted - position);
      int count = input.read(passing, 0, Math.max(ROOM, most));
      if (count < 0) {
        break;
      }
      int passed = (int) Math.min(count, wanted - position);
      carry = Arrays.copyOfRange(passing, passed, count);
      pass(passing, passed);
    }
    resumed(mark);
  }

  private void resumed(FileMark mark) {
    sequence = position > 0 ? 1 : 0;
    resumed = position > 0;
    skipping = mark.passing();
    if (resumed) {
      splitter.resume();
    }
  }

  @Override
  public void close() throws IOException {
    input.close();
  }
}
