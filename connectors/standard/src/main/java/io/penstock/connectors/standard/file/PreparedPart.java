package io.penstock.connectors.standard.file;

import io.penstock.api.sink.Staged;
import io.penstock.api.system.Disk;
import io.penstock.api.system.Files;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * A part that is durable and hidden, or renamed since.
 *
 * @param check the CRC32C of all its bytes
 */
record PreparedPart(Path temp, Path target, long bytes, long rows, int check) {
  private static final String KIND = "part";

  /** The part as it stands in a checkpoint; paths are relative to the root. */
  Staged staged(Files files) {
    return new Staged(
        KIND,
        Map.of(
            "temp", files.shown(temp),
            "target", files.shown(target),
            "bytes", Long.toString(bytes),
            "rows", Long.toString(rows),
            "crc32c", Tail.shown(check)));
  }

  static PreparedPart of(Staged staged, Files files) throws IOException {
    return new PreparedPart(
        files.resolve(detail(staged, "temp")),
        files.resolve(detail(staged, "target")),
        Long.parseLong(detail(staged, "bytes")),
        Long.parseLong(detail(staged, "rows")),
        Tail.of(detail(staged, "crc32c")));
  }

  private static String detail(Staged staged, String name) {
    String value = staged.details().get(name);
    if (value == null) {
      throw new IllegalArgumentException(name + " of " + staged);
    }
    return value;
  }

  /** How a file differs from what was written; empty where it does not. */
  String difference(Disk disk, Path there) throws IOException {
    Optional<Disk.Entry> entry = disk.entry(there);
    if (entry.isEmpty()) {
      return "is gone";
    }
    if (entry.get().size() != bytes) {
      return "has " + entry.get().size() + " bytes, not " + bytes;
    }
    // A hidden file is nobody else's, and its bytes were forced; reading it all would cost much.
    int found = there.equals(temp) ? check : sum(disk, there);
    return found == check
        ? ""
        : "has the checksum " + Tail.shown(found) + ", not " + Tail.shown(check);
  }

  private static int sum(Disk disk, Path file) throws IOException {
    CRC32C sum = new CRC32C();
    byte[] buffer = new byte[1 << 16];
    try (Disk.Reading reading = disk.read(file)) {
      long at = 0;
      int count = reading.read(at, buffer, 0, buffer.length);
      while (count >= 0) {
        sum.update(buffer, 0, count);
        at += count;
        count = reading.read(at, buffer, 0, buffer.length);
      }
    }
    return (int) sum.getValue();
  }
}
