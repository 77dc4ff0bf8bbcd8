package io.penstock.dsl.language.bind;

import io.penstock.api.sink.SinkConfig;

/** The sink of records that fail; the head's name is {@code dead_letter}. */
public record BoundDeadLetter(StepHead head, SinkConfig sink, DeadLetterKeys keys) {}
