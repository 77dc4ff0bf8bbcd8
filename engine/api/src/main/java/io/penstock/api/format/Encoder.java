package io.penstock.api.format;

import io.penstock.api.data.Batch;
import io.penstock.api.sink.Rejects;
import java.io.IOException;

/** Writes rows as bytes: open, any number of writes, close. Used by one thread at a time. */
public interface Encoder {
  /** Begins a file: a header, an opening bracket. */
  void open(ByteSink to) throws IOException;

  /**
   * Writes the rows in order; those that the format cannot hold are left out and returned. Rows
   * have operations only where the traits of the format say so.
   */
  Rejects write(Batch rows, ByteSink to) throws IOException;

  /** Lets go of memory: more rows may come, but not soon. */
  default void rest() {}

  /** Ends the file: a closing bracket. */
  void close(ByteSink to) throws IOException;

  /** Where bytes go. */
  interface ByteSink {
    void write(byte[] bytes, int offset, int length) throws IOException;
  }
}
