package io.penstock.dsl.launcher.kill;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;

/** Lines for a pipeline: a number, a key, a value and a checksum of them; some values are none. */
record Orders(int rows) {
  private static final int KEYS = 50;
  private static final int BAD = 97;

  void write(Path file) throws IOException {
    try (Writer out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      out.write("seq,key,value,checksum\n");
      for (int seq = 0; seq < rows; seq++) {
        out.write(seq + "," + key(seq) + "," + value(seq) + "," + checksum(seq) + "\n");
      }
    }
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
