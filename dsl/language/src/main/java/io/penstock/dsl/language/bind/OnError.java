package io.penstock.dsl.language.bind;

/** What happens to rows for which a step fails. */
public enum OnError {
  FAIL,
  SKIP,
  DEAD_LETTER
}
