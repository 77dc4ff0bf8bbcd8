package io.penstock.connectors.standard.log;

/** What the records of a log are among the bytes. */
public enum Layout {
  /** One on each line. */
  LINES,
  /**
   * All bytes are one, such as a datagram or a message of a queue; it may have line feeds in it.
   */
  SINGLE
}
