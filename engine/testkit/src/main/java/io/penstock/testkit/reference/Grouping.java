package io.penstock.testkit.reference;

/**
 * How a step gathers rows by their time.
 *
 * @param lateness how long after the end of a window its rows still count, microseconds
 */
public record Grouping(Windows windows, long lateness) {}
