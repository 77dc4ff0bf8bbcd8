package io.penstock.connectors.standard.compression;

import java.io.IOException;

/** Bytes that are read once, from the beginning to the end. Used by one thread. */
public interface ByteInput extends AutoCloseable {
  /**
   * Reads at least one byte, unless the length is 0; -1 at the end.
   *
   * @throws DamagedException where compressed bytes are not what they should be
   */
  int read(byte[] into, int offset, int length) throws IOException;

  /** How many bytes were taken from the disk so far. */
  long consumed();

  @Override
  void close() throws IOException;
}
