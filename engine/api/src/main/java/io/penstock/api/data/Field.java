package io.penstock.api.data;

/** A named value of a row or a record. */
public record Field(String name, ValueType type) {
  public static Field of(String name, DataType type) {
    return new Field(name, ValueType.required(type));
  }

  public static Field optional(String name, DataType type) {
    return new Field(name, ValueType.optional(type));
  }

  @Override
  public String toString() {
    return name + ": " + type;
  }
}
