package io.penstock.connectors.standard.compression;

import java.io.IOException;

/** Where bytes are written one after the other. Used by one thread. */
public interface ByteOutput extends AutoCloseable {
  void write(byte[] bytes, int offset, int length) throws IOException;

  /** Writes what must stand at the end; what lies below stays open. */
  void finish() throws IOException;

  /** Lets go of what is held, finished or not; what lies below stays open. */
  @Override
  void close() throws IOException;
}
