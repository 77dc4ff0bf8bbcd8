package io.penstock.core.expression;

import io.penstock.api.data.ValueType;
import java.util.Optional;

/**
 * A parameter with its value.
 *
 * @param value the value in its boxed form (see {@link Values}), empty for null
 * @param secret whether the value never prints
 */
public record Parameter(ValueType type, Optional<Object> value, boolean secret) {}
