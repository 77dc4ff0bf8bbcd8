package io.penstock.dsl.language.bind;

import io.penstock.api.sink.SinkConfig;

/** A sink as written. */
public record BoundSink(StepHead head, SinkConfig config, SinkKeys keys) {}
