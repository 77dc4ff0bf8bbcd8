package io.penstock.dsl.language.bind;

import io.penstock.api.option.Config;

/** A transform as written; the config is of the role that the binder was given for transforms. */
public record BoundTransform(StepHead head, Config config, TransformKeys keys) {}
