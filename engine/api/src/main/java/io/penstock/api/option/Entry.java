package io.penstock.api.option;

import io.penstock.api.data.FieldPath;
import io.penstock.api.problem.Origin;

/**
 * A line of a map whose left side is what comes out.
 *
 * @param name what comes out
 * @param origin of the name
 * @param value what it is made of
 * @param valueOrigin of the value
 */
public record Entry<T>(FieldPath name, Origin origin, T value, Origin valueOrigin) {}
