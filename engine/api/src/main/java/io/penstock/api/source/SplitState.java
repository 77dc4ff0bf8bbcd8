package io.penstock.api.source;

/** A split that is known, with how far it was read and whether it has ended. */
public record SplitState(Split split, Position position, boolean ended) {}
