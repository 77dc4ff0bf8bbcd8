package io.penstock.api.source;

/** Where reading a split ends: exclusive offset, or {@link #NONE}. */
public record Bound(long offset) {
  /** Read on as long as there is anything. */
  public static final Bound NONE = new Bound(Long.MAX_VALUE);
}
