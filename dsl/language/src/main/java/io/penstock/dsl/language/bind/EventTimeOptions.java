package io.penstock.dsl.language.bind;

import io.penstock.api.option.ExpressionText;
import io.penstock.api.option.Option;
import io.penstock.api.option.OutOfOrder;
import io.penstock.api.option.Placed;
import java.time.Duration;
import java.util.Optional;

/** The time of a row and how far rows are out of order. */
public record EventTimeOptions(
    @Option(value = "The row's time; it must be there, or `processing_time`.", main = true)
        Optional<ExpressionText> value,
    @Option(
            "Whether a row has the time at which it is read, by the clock, so that results depend on it.")
        Optional<Placed<Boolean>> processingTime,
    @Option(
            "How much later than its successors a row may come; unbounded: in any order, so that "
                + "windows close at the end only.")
        Optional<OutOfOrder> outOfOrder,
    @Option("After how long without rows a part of the source no longer holds time back.")
        Optional<Duration> idleAfter,
    @Option("How far ahead of now a time may lie; later ones are errors.")
        Optional<Duration> maxAhead,
    @Option("How far a part of the source may be ahead of the slowest one.")
        Optional<Duration> maxDrift,
    @Option(
            "`file`: each file is a part of its own, whose rows are late by those of the same file only.")
        Optional<Placed<PartitionBy>> partitionBy) {
  /** What the parts of a source are. */
  public enum PartitionBy {
    FILE
  }
}
