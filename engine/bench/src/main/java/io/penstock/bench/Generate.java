package io.penstock.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;

/**
 * Writes benchmark data: {@code Generate KIND ROWS FILES PATTERN}, the rows dealt to files of equal
 * size in order. Files are made side by side; a row depends on its number alone.
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
    Files.createDirectories(Path.of(arguments[3]).toAbsolutePath().getParent());
    IntStream.range(0, files)
        .parallel()
        .forEach(
            file ->
                write(
                    workload,
                    Path.of(String.format(arguments[3], file)),
                    rows * file / files,
                    rows * (file + 1) / files));
  }

  private static void write(Workload workload, Path path, long from, long to) {
    SplitMix random = new SplitMix(0);
    Lines lines = new Lines();
    try (OutputStream out = Files.newOutputStream(path)) {
      if (!workload.header().isEmpty()) {
        lines.text(workload.header()).end();
      }
      for (long row = from; row < to; row++) {
        workload.line(row, random, lines);
        lines.spill(out);
      }
      lines.flush(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
