package io.penstock.core.logical;

/** Of so many rows each, in the order in which they come, the last. */
public record EveryNth(long rows) implements Operation {
  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.everyNth(this);
  }
}
