package io.penstock.core.expression;

import io.penstock.api.data.ValueType;

/** A node of the typed tree. */
public interface Typed {
  ValueType type();
}
