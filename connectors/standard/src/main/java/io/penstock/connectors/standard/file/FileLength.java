package io.penstock.connectors.standard.file;

import io.penstock.api.sink.Staged;
import io.penstock.api.system.Disk;
import java.io.IOException;
import java.util.Map;

/**
 * How far a file was written.
 *
 * @param epoch the last epoch in it
 * @param check the CRC32C of up to 4 KiB at its end
 * @param key the file system's name of the file, for people to compare
 */
record FileLength(long epoch, long length, int check, String key) {
  static final FileLength NONE = new FileLength(0, 0, new Tail().check(), "");
  private static final String KIND = "length";

  /** A file as it is now. */
  static FileLength of(Disk disk, Disk.Entry file) throws IOException {
    try (Disk.Reading reading = disk.read(file.path())) {
      return new FileLength(0, file.size(), Tail.of(reading, file.size()).check(), file.key());
    }
  }

  static FileLength of(Staged mark) {
    if (!mark.kind().equals(KIND)) {
      return NONE;
    }
    return new FileLength(
        Long.parseLong(mark.details().getOrDefault("epoch", "0")),
        Long.parseLong(mark.details().getOrDefault("length", "0")),
        Tail.of(mark.details().getOrDefault("crc32c", "0")),
        mark.details().getOrDefault("key", ""));
  }

  /** The form that stands in a checkpoint. */
  Staged staged(String file) {
    return new Staged(
        KIND,
        Map.of(
            "file", file,
            "epoch", Long.toString(epoch),
            "length", Long.toString(length),
            "crc32c", Tail.shown(check),
            "key", key));
  }
}
