package io.penstock.dsl.language.transform;

import io.penstock.api.data.FieldPath;
import io.penstock.api.option.Component;
import io.penstock.api.option.Option;
import io.penstock.api.option.Placed;
import io.penstock.api.option.Selections;
import io.penstock.core.logical.Operation;

/** Options of {@code lookup}. */
@Component(
    name = "lookup",
    summary = "Adds fields of the row of a table that has the same key.",
    example =
        """
        lookup: { table: countries, on: { country: code }, take: { country_name: name } }
        """)
public record Lookup(
    @Option("The table.") Placed<String> table,
    @Option(
            value = "Fields of the row with the fields of the table that they equal.",
            required = true)
        Selections<FieldPath> on,
    @Option("Fields of the table, or new names with them; left out: all but the key.")
        Selections<FieldPath> take,
    @Option(value = "What happens to a row that has no partner.", byDefault = "keep")
        Operation.Lookup.Missing missing)
    implements RowTransform {}
