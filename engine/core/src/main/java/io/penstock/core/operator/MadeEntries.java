package io.penstock.core.operator;

import io.penstock.core.state.Entries;
import io.penstock.core.state.EntryBytes;
import io.penstock.json.ByteBuilder;

/** Entries that are put together one by one, as {@link #next} is called. */
interface MadeEntries extends Entries {
  /**
   * The entry that it is at.
   *
   * @param key ended
   * @param value ended
   */
  record Entry(ByteBuilder key, EntryBytes value) {
    Entry() {
      this(new ByteBuilder(64), new EntryBytes());
    }
  }

  /** Where entries are put together; always the same. */
  Entry entry();

  @Override
  default byte[] key() {
    return entry().key().array();
  }

  @Override
  default int keyLength() {
    return entry().key().length();
  }

  @Override
  default byte[] value() {
    return entry().value().array();
  }

  @Override
  default int valueLength() {
    return entry().value().length();
  }

  @Override
  default void close() {}
}
