package io.penstock.connectors.standard.file;

import io.penstock.api.system.Disk;
import java.io.IOException;
import java.util.Optional;

/**
 * What tells a file that was read to its end.
 *
 * @param size how many bytes it had
 * @param modifiedMicros when it was changed last
 * @param head the CRC32C of its first 4 KiB
 */
record Finished(long size, long modifiedMicros, int head) {
  /** What stands in evidence before the file's name. */
  static final String PREFIX = "done.";

  /** A file as it is now. */
  static Finished of(Disk disk, Disk.Entry file) throws IOException {
    try (Disk.Reading reading = disk.read(file.path())) {
      return new Finished(file.size(), file.modifiedMicros(), Tail.head(reading, Tail.LENGTH));
    }
  }

  static Finished of(String text) {
    String[] parts = text.split(" ", 3);
    return new Finished(Long.parseLong(parts[0]), Long.parseLong(parts[1]), Tail.of(parts[2]));
  }

  /** The form that stands in evidence. */
  String text() {
    return size + " " + modifiedMicros + " " + Tail.shown(head);
  }

  /**
   * Whether a file of the same name is another one: neither this one nor this one with more at its
   * end.
   */
  boolean isReplacedBy(Disk disk, Disk.Entry now) throws IOException {
    if (now.size() == size && now.modifiedMicros() == modifiedMicros) {
      return false;
    }
    if (now.size() < size) {
      return true;
    }
    try (Disk.Reading reading = disk.read(now.path())) {
      return Tail.head(reading, size) != head;
    }
  }

  /** How a file differs from the one that was read; a new time alone is no difference. */
  Optional<String> difference(Disk disk, Disk.Entry now) throws IOException {
    if (now.size() != size) {
      return Optional.of("it had " + size + " bytes and has " + now.size());
    }
    if (now.modifiedMicros() == modifiedMicros) {
      return Optional.empty();
    }
    int found = of(disk, now).head;
    return found == head
        ? Optional.empty()
        : Optional.of(
            "its first bytes had the checksum "
                + Tail.shown(head)
                + " and have "
                + Tail.shown(found));
  }
}
