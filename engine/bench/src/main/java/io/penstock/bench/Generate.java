package io.penstock.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes benchmark data: {@code Generate KIND ROWS FILES PATTERN}, the rows dealt to files of equal
 * size in order.
 */
public final class Generate {
  private Generate() {}

  /** Writes the files; {@code %d} in the pattern is the file's number from 0. */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 4) {
      System.err.println("usage: Generate bids|temperatures|auctions_table ROWS FILES PATTERN");
      System.exit(1);
    }
    Workload workload = Workload.named(arguments[0]);
    long rows = Long.parseLong(arguments[1]);
    int files = Integer.parseInt(arguments[2]);
    SplitMix random = new SplitMix(workload.ordinal());
    Line line = new Line();
    for (int file = 0; file < files; file++) {
      Path path = Path.of(String.format(arguments[3], file));
      Files.createDirectories(path.toAbsolutePath().getParent());
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(path), 1 << 16)) {
        if (!workload.header().isEmpty()) {
          line.text(workload.header()).end(out);
        }
        for (long row = rows * file / files; row < rows * (file + 1) / files; row++) {
          workload.line(row, random, line);
          line.end(out);
        }
      }
    }
  }
}
