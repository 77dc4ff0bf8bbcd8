package io.penstock.connectors.jdbc;

/** What happens to a row whose key is in the table. */
enum WriteMode {
  /** It is added all the same, and so refused where the table says that keys are unique. */
  INSERT,
  /** It is passed over. */
  SKIP,
  /** It takes the place of the one that is there. */
  UPSERT
}
