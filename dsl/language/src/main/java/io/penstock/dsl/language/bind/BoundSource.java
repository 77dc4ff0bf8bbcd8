package io.penstock.dsl.language.bind;

import io.penstock.api.source.SourceConfig;

/** A source as written. */
public record BoundSource(StepHead head, SourceConfig config, SourceKeys keys) {}
