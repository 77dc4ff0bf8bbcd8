package io.penstock.dsl.language.bind;

import io.penstock.api.option.ExpressionText;
import io.penstock.api.option.Option;
import io.penstock.api.option.OutOfOrder;
import java.time.Duration;
import java.util.Optional;

/** The time of a row and how far rows are out of order. */
public record EventTimeOptions(
    @Option(value = "The row's time.", main = true) ExpressionText value,
    @Option(
            "How much later than its successors a row may come; unbounded: in any order, so that "
                + "windows close at the end only.")
        Optional<OutOfOrder> outOfOrder,
    @Option("After how long without rows a part of the source no longer holds time back.")
        Optional<Duration> idleAfter,
    @Option("How far ahead of now a time may lie; later ones are errors.")
        Optional<Duration> maxAhead,
    @Option("How far a part of the source may be ahead of the slowest one.")
        Optional<Duration> maxDrift) {}
