package io.penstock.api.data;

import org.jspecify.annotations.Nullable;

/**
 * A type and whether a value of it may be null.
 *
 * @param type the type
 * @param optional whether null is allowed
 */
public record ValueType(DataType type, boolean optional) {
  /** A type whose values are never null. */
  public static ValueType required(DataType type) {
    return new ValueType(type, false);
  }

  /** A type whose values may be null. */
  public static ValueType optional(DataType type) {
    return new ValueType(type, true);
  }

  /** The same type, null allowed. */
  public ValueType asOptional() {
    return optional ? this : optional(type);
  }

  /** The same type, null not allowed. */
  public ValueType asRequired() {
    return optional ? required(type) : this;
  }

  // Written out, because a record's own is linked at its first call, which a short run pays for.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ValueType that && optional == that.optional && type.equals(that.type);
  }

  @Override
  public int hashCode() {
    return type.hashCode() * 2 + (optional ? 1 : 0);
  }

  @Override
  public String toString() {
    return optional ? "optional " + type : type.toString();
  }
}
