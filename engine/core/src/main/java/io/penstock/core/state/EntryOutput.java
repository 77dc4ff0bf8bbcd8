package io.penstock.core.state;

import java.io.IOException;

/** Writes entries as a run: the length of the key, the key, the length of the value, the value. */
final class EntryOutput {
  private final StateOutput to;
  private long count;

  EntryOutput(StateOutput to) {
    this.to = to;
  }

  void add(byte[] key, int keyLength, byte[] value, int valueLength) throws IOException {
    to.bytes(key, 0, keyLength);
    to.bytes(value, 0, valueLength);
    count++;
  }

  /** Adds all that are left, and closes them. */
  void addAll(Entries entries) throws IOException {
    try (entries) {
      while (entries.next()) {
        add(entries.key(), entries.keyLength(), entries.value(), entries.valueLength());
      }
    }
  }

  long count() {
    return count;
  }
}
