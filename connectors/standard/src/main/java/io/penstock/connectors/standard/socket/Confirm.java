package io.penstock.connectors.standard.socket;

/** How a sender knows that a receiver has what was sent. */
public enum Confirm {
  /** The receiver closes its side once it has read to the end of a connection. */
  CLOSE,
  /** It does not. */
  NONE
}
