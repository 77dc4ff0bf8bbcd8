package io.penstock.core.state;

import java.io.IOException;

/** Entries of others; which of them come is for {@link #next} to say. */
public interface PassedEntries extends Entries {
  /** Whose entries they are; closed with these. */
  Entries from();

  @Override
  default byte[] key() {
    return from().key();
  }

  @Override
  default int keyLength() {
    return from().keyLength();
  }

  @Override
  default byte[] value() {
    return from().value();
  }

  @Override
  default int valueLength() {
    return from().valueLength();
  }

  @Override
  default void close() throws IOException {
    from().close();
  }
}
