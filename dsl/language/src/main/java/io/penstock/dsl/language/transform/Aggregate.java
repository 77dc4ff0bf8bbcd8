package io.penstock.dsl.language.transform;

import io.penstock.api.option.Assignments;
import io.penstock.api.option.Component;
import io.penstock.api.option.ExpressionText;
import io.penstock.api.option.Option;
import io.penstock.api.option.Selections;
import java.util.Optional;

/** Options of {@code aggregate}. */
@Component(
    name = "aggregate",
    summary = "Computes one row of each group of rows.",
    example =
        """
        aggregate:
          by: [country]
          compute:
            orders: count()
            revenue: sum(amount)
        """)
public record Aggregate(
    @Option("What the rows of a group have in common; left out: all rows are one group.")
        Selections<ExpressionText> by,
    @Option("Fields with the aggregates that give them.") Assignments<ExpressionText> compute,
    @Option("What is true of the groups that stay; it sees the row that comes out.")
        Optional<ExpressionText> having)
    implements TransformConfig {}
