package io.penstock.core.compile;

import java.nio.charset.StandardCharsets;
import java.util.Collection;

/** Texts to be found again by their bytes. Immutable. */
public final class TextSet {
  private final byte[][] slots;

  TextSet(Collection<String> texts) {
    int size = Integer.highestOneBit(Math.max(4, texts.size())) * 4;
    this.slots = new byte[size][];
    for (String text : texts) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      slots[slot(bytes, 0, bytes.length)] = bytes;
    }
  }

  private int slot(byte[] bytes, int from, int to) {
    int hash = to - from;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + bytes[i];
    }
    int at = (hash ^ hash >>> 15) & slots.length - 1;
    while (slots[at] != null && !Texts.equal(slots[at], 0, slots[at].length, bytes, from, to)) {
      at = at + 1 & slots.length - 1;
    }
    return at;
  }

  /** Whether the text is one of them. */
  public boolean has(byte[] bytes, int from, int to) {
    return slots[slot(bytes, from, to)] != null;
  }
}
