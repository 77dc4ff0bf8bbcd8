package io.penstock.dsl.language.transform;

import io.penstock.api.data.FieldPath;
import io.penstock.api.option.Component;
import io.penstock.api.option.Option;
import io.penstock.api.option.Placed;
import io.penstock.api.option.Selections;
import io.penstock.core.logical.Operation;

/** Options of {@code unpack}. */
@Component(
    name = "unpack",
    summary = "Spreads the fields of a record into the row, in place of it.",
    example = "unpack: { field: address, prefix: address_ }")
public record Unpack(
    @Option(value = "The record.", main = true) Placed<FieldPath> field,
    @Option("The fields to take, or new names with old ones; left out: all.")
        Selections<FieldPath> take,
    @Option("What the names of the taken fields begin with.") java.util.Optional<String> prefix,
    @Option(
            value = "What happens to a field of the row that has the name of a taken one.",
            byDefault = "fail")
        Operation.Existing existing)
    implements RowTransform {}
