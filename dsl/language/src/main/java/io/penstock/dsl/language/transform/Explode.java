package io.penstock.dsl.language.transform;

import io.penstock.api.data.FieldPath;
import io.penstock.api.option.Component;
import io.penstock.api.option.Option;
import io.penstock.api.option.Placed;
import java.util.Optional;

/** Options of {@code explode}. */
@Component(
    name = "explode",
    summary = "Makes one row of each element of a list.",
    example = "explode: { field: lines, as: line, index: number }")
public record Explode(
    @Option(value = "The list.", main = true) Placed<FieldPath> field,
    @Option("The field of the element; left out: the name of the list.")
        Optional<Placed<String>> as,
    @Option("A field that gets the number of the element, from 0.") Optional<Placed<String>> index,
    @Option(value = "Whether a row without elements stays, with null.", byDefault = "false")
        boolean keepEmpty)
    implements RowTransform {}
