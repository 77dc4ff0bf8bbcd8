package io.penstock.core.replay;

import io.penstock.api.system.Disk;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * A file of dead letters, one on each line, and which of them are meant.
 *
 * @param from letters that begin before this byte are done
 * @param left letters before it that are not done, by the byte at which they begin
 * @param to bytes behind it came later and are not read
 * @param refused letters that cannot go back, by the byte at which they begin
 */
public record LetterFile(Path path, long from, Set<Long> left, long to, Set<Long> refused) {
  private static final int BLOCK = 64 << 10;

  /** The longest line that is read. */
  static final int LONGEST = 128 << 20;

  public LetterFile {
    left = Set.copyOf(left);
    refused = Set.copyOf(refused);
  }

  /** The same letters without these. */
  LetterFile without(Set<Long> letters) {
    return new LetterFile(path, from, left, to, letters);
  }

  /**
   * A line.
   *
   * @param at the byte at which it begins
   * @param number from 1
   * @param text nothing where it is too long
   */
  record Line(long at, int number, Optional<byte[]> text) {}

  Lines open(Disk disk) throws IOException {
    return new Lines(disk.read(path));
  }

  private boolean wants(long at) {
    return (at >= from || left.contains(at)) && !refused.contains(at);
  }

  /** Reads the lines that are meant, in order. Single-threaded. */
  final class Lines implements AutoCloseable {
    private final Disk.Reading file;
    private final byte[] block = new byte[BLOCK];
    private long read;
    private int next;
    private int end;
    private int number;

    private Lines(Disk.Reading file) {
      this.file = file;
    }

    /** The next line; empty at the end. */
    Optional<Line> next() throws IOException {
      while (true) {
        long at = read - end + next;
        Optional<byte[]> line = line();
        if (line.isEmpty()) {
          return Optional.empty();
        }
        number++;
        boolean tooLong = line.get().length > LONGEST;
        if (wants(at) && !isBlank(line.get())) {
          return Optional.of(new Line(at, number, tooLong ? Optional.empty() : line));
        }
      }
    }

    private Optional<byte[]> line() throws IOException {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      boolean any = false;
      while (next < end || fill()) {
        any = true;
        int stop = next;
        while (stop < end && block[stop] != '\n') {
          stop++;
        }
        if (line.size() <= LONGEST) {
          line.write(block, next, stop - next);
        }
        next = Math.min(end, stop + 1);
        if (stop < end) {
          return Optional.of(line.toByteArray());
        }
      }
      return any ? Optional.of(line.toByteArray()) : Optional.empty();
    }

    private boolean fill() throws IOException {
      int most = (int) Math.min(BLOCK, to - read);
      int count = most <= 0 ? -1 : file.read(read, block, 0, most);
      next = 0;
      end = Math.max(0, count);
      read += end;
      return end > 0;
    }

    private static boolean isBlank(byte[] line) {
      for (byte b : line) {
        if (b != ' ' && b != '\r' && b != '\t') {
          return false;
        }
      }
      return true;
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
