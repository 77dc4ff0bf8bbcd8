package io.penstock.dsl.language.transform;

import io.penstock.api.data.FieldPath;
import io.penstock.api.option.Assignments;
import io.penstock.api.option.Component;
import io.penstock.api.option.Option;

/** Options of {@code rename}. */
@Component(
    name = "rename",
    summary = "Gives fields new names.",
    example = "rename: { airport: Airport Name }")
public record Rename(
    @Option(value = "New names with the old ones.", main = true, required = true)
        Assignments<FieldPath> fields)
    implements RowTransform {}
