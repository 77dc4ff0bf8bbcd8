package io.penstock.core.state;

import java.io.IOException;

/** Entries without those that are not to stay. */
public final class LeftEntries implements Entries {
  /** Which entry stays. */
  @FunctionalInterface
  public interface Stays {
    /** Whether the entry that the cursor is at stays. */
    boolean test(Entries at) throws IOException;
  }

  private final Entries from;
  private final Stays stays;

  public LeftEntries(Entries from, Stays stays) {
    this.from = from;
    this.stays = stays;
  }

  @Override
  public boolean next() throws IOException {
    while (from.next()) {
      if (stays.test(from)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public byte[] key() {
    return from.key();
  }

  @Override
  public int keyLength() {
    return from.keyLength();
  }

  @Override
  public byte[] value() {
    return from.value();
  }

  @Override
  public int valueLength() {
    return from.valueLength();
  }

  @Override
  public void close() throws IOException {
    from.close();
  }
}
