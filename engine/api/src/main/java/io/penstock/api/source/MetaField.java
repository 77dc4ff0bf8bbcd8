package io.penstock.api.source;

import io.penstock.api.data.ValueType;

/** A value of {@code meta.*}. */
public record MetaField(String name, ValueType type, String description) {}
