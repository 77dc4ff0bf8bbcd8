package io.penstock.api.source;

/**
 * A part of a source that is read in order and has one position: a set of files in order, a
 * partition.
 */
public record Split(String id) {}
