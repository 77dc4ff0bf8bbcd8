package io.penstock.dsl.language.transform;

import io.penstock.api.data.FieldPath;
import io.penstock.api.option.Component;
import io.penstock.api.option.Option;
import io.penstock.api.option.Placed;
import java.util.List;

/** Options of {@code distinct}. */
@Component(
    name = "distinct",
    summary = "Passes the first of rows that are equal.",
    example = "distinct: { by: [customer] }")
public record Distinct(
    @Option("The fields in which rows are compared; left out: all.") List<Placed<FieldPath>> by)
    implements TransformConfig {}
