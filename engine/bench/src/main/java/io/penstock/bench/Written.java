package io.penstock.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a run has written: {@code Written FOLDER} prints how many visible files lie there, how many
 * lines they have, and a hash of the lines in whatever order.
 *
 * @param lines how many
 * @param hash the sum of the lines' hashes
 */
public record Written(long lines, long hash) {
  private static final long BASIS = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;
  private static final int BUFFER = 1 << 18;

  /** Prints the three, and nothing else. */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 1) {
      System.err.println("usage: Written FOLDER");
      System.exit(1);
    }
    List<Path> files;
    try (Stream<Path> all = Files.list(Path.of(arguments[0]))) {
      files = all.filter(Files::isRegularFile).filter(Written::isVisible).toList();
    }
    Written all = files.parallelStream().map(Written::of).reduce(new Written(0, 0), Written::plus);
    System.out.println(files.size() + " " + all.lines + " " + Long.toHexString(all.hash));
  }

  private static boolean isVisible(Path file) {
    String name = String.valueOf(file.getFileName());
    return !name.startsWith(".") && !name.startsWith("_");
  }

  private Written plus(Written other) {
    return new Written(lines + other.lines, hash + other.hash);
  }

  /** The lines of a file; an end without a line's end is a line. */
  static Written of(Path file) {
    byte[] buffer = new byte[BUFFER];
    long lines = 0;
    long sum = 0;
    long line = BASIS;
    boolean begun = false;
    try (InputStream in = Files.newInputStream(file)) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        for (int i = 0; i < count; i++) {
          byte at = buffer[i];
          begun = at != '\n';
          if (begun) {
            line = (line ^ (at & 0xff)) * PRIME;
          } else {
            lines++;
            sum += mixed(line);
            line = BASIS;
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return begun ? new Written(lines + 1, sum + mixed(line)) : new Written(lines, sum);
  }

  // Sums of plain hashes of lines that are alike may meet.
  private static long mixed(long hash) {
    long mixed = (hash ^ hash >>> 32) * 0x9e3779b97f4a7c15L;
    return mixed ^ mixed >>> 29;
  }
}
