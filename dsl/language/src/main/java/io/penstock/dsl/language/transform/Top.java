package io.penstock.dsl.language.transform;

import io.penstock.api.option.Component;
import io.penstock.api.option.ExpressionText;
import io.penstock.api.option.Option;
import io.penstock.api.option.Placed;
import io.penstock.api.option.Selections;
import java.util.List;
import java.util.Optional;

/** Options of {@code top}. */
@Component(
    name = "top",
    summary = "Passes the first rows of each group in an order.",
    example = "top: { n: 3, by: [country], order_by: [amount desc] }")
public record Top(
    @Option(value = "How many rows of each group.", least = 1) long n,
    @Option("What the rows of a group have in common; left out: all rows are one group.")
        Selections<ExpressionText> by,
    @Option(
            value =
                "The order: expressions, each with `asc` or `desc`, `nulls first` or `nulls last`.",
            required = true)
        List<ExpressionText> orderBy,
    @Option(value = "Whether rows equal to the last one pass too.", byDefault = "false")
        boolean withTies,
    @Option("A field that gets the place of the row, from 1.") Optional<Placed<String>> rank)
    implements TransformConfig {}
