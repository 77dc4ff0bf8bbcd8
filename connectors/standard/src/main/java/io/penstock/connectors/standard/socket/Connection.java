package io.penstock.connectors.standard.socket;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The bytes of a connection that never waits, as they are or by TLS. Used by one thread. */
interface Connection extends AutoCloseable {
  /** What {@link #read} gives where the other side has said that nothing more comes. */
  int ENDED = -1;

  /** Where bytes go. */
  interface Taker {
    /** Takes all of them; the buffer is used again. */
    void take(ByteBuffer bytes);
  }

  /**
   * Hands on what has come. How many bytes came over the network; they may be none of what is sent.
   */
  int read(Taker to) throws IOException;

  /** Sends as many bytes as can go now, and leaves the others in the buffer. */
  void write(ByteBuffer bytes) throws IOException;

  /** Sends what was taken and could not go yet; whether nothing is left of it. */
  boolean flush() throws IOException;

  /** Whether the two sides still agree on how they speak, so that nothing else can be sent. */
  boolean isGreeting();

  /** Whether the other side has closed its way to us, beyond having said that nothing comes. */
  boolean isClosed();

  /** Says that nothing more comes from this side, which {@link #flush} may have to send. */
  void end() throws IOException;

  @Override
  void close() throws IOException;
}
