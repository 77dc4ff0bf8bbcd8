package io.penstock.dsl.language.transform;

import io.penstock.api.option.Config;

/** A bound transform of a pipeline file. */
public interface TransformConfig extends Config {}
