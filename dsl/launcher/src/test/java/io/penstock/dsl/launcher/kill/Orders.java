package io.penstock.dsl.launcher.kill;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.zip.CRC32;

/** Lines for a pipeline: a number, a key, a value and a checksum of them; some values are none. */
record Orders(int rows) {
  private static final int KEYS = 50;
  private static final int BAD = 97;

  /** Writes them into so many files, in the order of their names. */
  void write(Path folder, int files) throws IOException {
    for (int file = 0; file < files; file++) {
      int from = (int) ((long) rows * file / files);
      int to = (int) ((long) rows * (file + 1) / files);
      write(folder.resolve(String.format("orders-%06d.csv", file)), from, to);
    }
  }

  private static void write(Path file, int from, int to) throws IOException {
    try (Writer out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      out.write("seq,key,value,checksum\n");
      for (int seq = from; seq < to; seq++) {
        out.write(seq + "," + key(seq) + "," + value(seq) + "," + checksum(seq) + "\n");
      }
    }
  }

  /** How many are no dead letters. */
  long good() {
    return IntStream.range(0, rows).filter(seq -> !isBad(seq)).count();
  }

  static String key(int seq) {
    return "k" + Math.floorMod(seq * 2654435761L >>> 7, KEYS);
  }

  static boolean isBad(int seq) {
    return seq % BAD == 13;
  }

  static String value(int seq) {
    return isBad(seq) ? "none" : Long.toString(Math.floorMod(seq * 40503L, 1000));
  }

  static long checksum(int seq) {
    CRC32 crc = new CRC32();
    crc.update((seq + "," + key(seq) + "," + value(seq)).getBytes(StandardCharsets.UTF_8));
    return crc.getValue();
  }
}
