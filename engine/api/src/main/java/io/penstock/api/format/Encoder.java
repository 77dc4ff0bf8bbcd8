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

  /**
   * Makes a record of its own of each row, as a file that has this row alone, but without the line
   * feed at its end: for what keeps records apart itself, such as a queue. Neither {@link #open}
   * nor {@link #close} belong to it.
   *
   * @return the rows that the format cannot hold, which are left out
   */
  default Rejects each(Batch rows, RecordSink to) throws IOException {
    return new OneByOne(this).write(rows, to);
  }

  /** Lets go of memory: more rows may come, but not soon. */
  default void rest() {}

  /** Ends the file: a closing bracket. */
  void close(ByteSink to) throws IOException;

  /** Where records go; the bytes are the caller's again afterwards. */
  interface RecordSink {
    void record(int row, byte[] bytes, int offset, int length) throws IOException;
  }

  /** Where bytes go. */
  interface ByteSink {
    void write(byte[] bytes, int offset, int length) throws IOException;
  }
}
