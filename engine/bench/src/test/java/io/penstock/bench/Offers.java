package io.penstock.bench;

import io.penstock.api.data.Batch;
import io.penstock.api.data.BytesBuilder;
import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Provenance;
import io.penstock.api.data.Schema;
import io.penstock.api.option.ExpressionText;
import io.penstock.api.problem.Origin;
import io.penstock.api.problem.Problems;
import io.penstock.core.expression.EvaluationContext;
import io.penstock.core.expression.Evaluator;
import io.penstock.core.expression.Execution;
import io.penstock.core.expression.ExpressionChecker;
import io.penstock.core.expression.Scope;

/** Rows of price, channel and auction, and expressions over them. */
final class Offers {
  static final int PRICE = 0;
  static final int CHANNEL = 1;
  static final int AUCTION = 2;

  private static final String[] CHANNELS = {"apple", "google", "facebook", "baidu"};
  private static final int HIGHEST_PRICE = 10_000;
  private static final int AUCTIONS = 100_000;

  // The first row is one of those that are wanted, so that a batch of one has work to do.
  private static final int SEED = 3;

  private Offers() {}

  /** Rows of which four in nine are dear enough and from the right channels. */
  static Batch rows(PriceType price, int count) {
    SplitMix random = new SplitMix(SEED);
    long[] whole = new long[count];
    double[] floating = new double[count];
    long[] auctions = new long[count];
    BytesBuilder channels = new BytesBuilder();
    for (int row = 0; row < count; row++) {
      whole[row] = 1L + random.below(HIGHEST_PRICE);
      floating[row] = whole[row];
      auctions[row] = random.below(AUCTIONS);
      channels.add(CHANNELS[random.below(CHANNELS.length)]);
    }
    Column prices =
        price == PriceType.INT
            ? new Column.Longs(count, whole, null)
            : new Column.Doubles(count, floating, null);
    return Batch.of(
        schema(price),
        count,
        new Column[] {prices, channels.build(), new Column.Longs(count, auctions, null)},
        Provenance.none("offers"));
  }

  /** What evaluates an expression over such rows. */
  static Evaluator evaluator(Execution execution, PriceType price, String text) {
    Problems problems = new Problems();
    ExpressionText written = ExpressionText.at(text, Origin.at("benchmark", 1, 1));
    return execution.evaluator(
        new ExpressionChecker(problems)
            .check(written, Scope.of(schema(price)))
            .orElseThrow(() -> new AssertionError(problems.inFileOrder().toString())),
        new EvaluationContext(() -> 0, 0, "offers", "benchmark"));
  }

  private static Schema schema(PriceType price) {
    return Schema.of(
        Field.of("price", price.type()),
        Field.of("channel", DataType.STRING),
        Field.of("auction", DataType.INT));
  }
}
