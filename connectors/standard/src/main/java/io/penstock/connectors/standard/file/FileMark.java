package io.penstock.connectors.standard.file;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A place in a file between two records, with what tells whether a file is still the one meant.
 *
 * @param file the path as shown to users
 * @param key the file system's name of it
 * @param size how many bytes it had
 * @param offset of the next record, unpacked and as UTF-8
 * @param line of the next record, from 1
 * @param check the CRC32C of up to 4 KiB before the offset
 * @param passing whether the bytes up to the end of the line belong to a record that is too long
 */
record FileMark(
    String file, String key, long size, long offset, long line, int check, boolean passing) {
  private static final String FILE = "file";
  private static final String KEY = "key";
  private static final String SIZE = "size";
  private static final String OFFSET = "offset";
  private static final String LINE = "line";
  private static final String CHECK = "crc32c";
  private static final String PASSING = "passing";

  /** The start of a file. */
  static FileMark start(String file, String key, long size) {
    return new FileMark(file, key, size, 0, 1, new Tail().check(), false);
  }

  /** The mark in evidence; empty where there is none. */
  static Optional<FileMark> of(Map<String, String> evidence, String prefix) {
    String file = evidence.getOrDefault(prefix + FILE, "");
    if (file.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new FileMark(
            file,
            evidence.getOrDefault(prefix + KEY, ""),
            number(evidence, prefix + SIZE),
            number(evidence, prefix + OFFSET),
            number(evidence, prefix + LINE),
            Tail.of(evidence.getOrDefault(prefix + CHECK, "0")),
            evidence.containsKey(prefix + PASSING)));
  }

  private static long number(Map<String, String> evidence, String name) {
    return Long.parseLong(evidence.getOrDefault(name, "0"));
  }

  /** Puts the mark into evidence. */
  void into(SortedMap<String, String> evidence, String prefix) {
    evidence.put(prefix + FILE, file);
    evidence.put(prefix + KEY, key);
    evidence.put(prefix + SIZE, Long.toString(size));
    evidence.put(prefix + OFFSET, Long.toString(offset));
    evidence.put(prefix + LINE, Long.toString(line));
    evidence.put(prefix + CHECK, Tail.shown(check));
    if (passing) {
      evidence.put(prefix + PASSING, "true");
    }
  }
}
