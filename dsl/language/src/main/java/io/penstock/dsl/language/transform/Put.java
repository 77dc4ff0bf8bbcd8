package io.penstock.dsl.language.transform;

import io.penstock.api.option.Assignments;
import io.penstock.api.option.Component;
import io.penstock.api.option.Constant;
import io.penstock.api.option.Option;

/** Options of {@code put}. */
@Component(
    name = "put",
    summary = "Adds constants; texts want no inner quotes and may be templates.",
    example = "put: { source: web, shard: 3, index: \"logs-{service}\" }")
public record Put(
    @Option(value = "Fields with their values, scalars as in JSON.", main = true, required = true)
        Assignments<Constant> fields)
    implements RowTransform {}
