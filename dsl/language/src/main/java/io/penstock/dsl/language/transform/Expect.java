package io.penstock.dsl.language.transform;

import io.penstock.api.option.Assignments;
import io.penstock.api.option.Component;
import io.penstock.api.option.ExpressionText;
import io.penstock.api.option.Option;
import io.penstock.api.option.Share;
import java.util.Optional;

/** Options of {@code expect}. */
@Component(
    name = "expect",
    summary = "Fails rows for which a rule is not true, and counts per rule.",
    example = "expect: { rules: { amount is possible: amount >= 0 }, at_most: 0.1% }")
public record Expect(
    @Option(value = "Rules by name.", required = true) Assignments<ExpressionText> rules,
    @Option("The share of failing rows above which the run fails.") Optional<Share> atMost)
    implements RowTransform {}
