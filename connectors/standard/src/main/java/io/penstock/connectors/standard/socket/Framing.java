package io.penstock.connectors.standard.socket;

/** How records are told apart in a stream of bytes. */
public enum Framing {
  /** Each ends with a line feed. */
  LINES,
  /** Before each stands how many bytes it has, in digits, and a blank (RFC 6587). */
  OCTET_COUNTING
}
