package io.penstock.core.state;

import java.io.IOException;

/**
 * Entries in the order of their keys, by unsigned bytes; equal keys in the order in which they were
 * met. The arrays are the cursor's own and good until the next call. Single-threaded.
 */
public interface Entries extends AutoCloseable {
  /** Goes to the next entry; false at the end. */
  boolean next() throws IOException;

  /** The array in which the key stands from its start. */
  byte[] key();

  int keyLength();

  /** The array in which the value stands from its start. */
  byte[] value();

  int valueLength();

  @Override
  void close() throws IOException;
}
