package io.penstock.connectors.standard.csv;

/** What the first record of a file is. */
public enum Header {
  /** The names of the fields. */
  TRUE,
  /** A record like the others; the schema gives the names. */
  FALSE,
  /** Passed over; the schema gives the names. */
  IGNORE
}
