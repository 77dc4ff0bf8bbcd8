package io.penstock.dsl.language.transform;

/** A transform that looks at one row after the other, and so may stand inside {@code steps}. */
public interface RowTransform extends TransformConfig {
  @Override
  default boolean takesChanges() {
    return true;
  }
}
