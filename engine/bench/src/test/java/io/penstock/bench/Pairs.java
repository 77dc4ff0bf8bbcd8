package io.penstock.bench;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.system.Clock;
import io.penstock.core.expression.Evaluator;
import io.penstock.core.expression.RowErrors;
import io.penstock.core.expression.Selection;
import io.penstock.core.system.SystemClock;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * How many times as long the compiled benchmark expression takes as the loop written by hand. The
 * two take turns of some milliseconds in one virtual machine, so that what else the machine does
 * meets both: the times of either vary by half, the ratio of neighbouring turns does not. A program
 * of its own; one run is one virtual machine, and there should be several.
 */
public final class Pairs {
  private static final long TURN_NANOS = 1_000_000;
  private static final int WARMUP = 300;
  private static final int TURNS = 501;

  private final Clock clock = new SystemClock();
  private final int rows;
  private final PriceType price;
  private long done;

  private Pairs(int rows, PriceType price) {
    this.rows = rows;
    this.price = price;
  }

  /**
   * Prints one line.
   *
   * @param arguments rows of a batch, type of the price
   */
  public static void main(String[] arguments) {
    int rows = Integer.parseInt(arguments[0]);
    System.out.println(new Pairs(rows, PriceType.valueOf(arguments[1])).measured());
  }

  private String measured() {
    Batch batch = Offers.rows(price, rows);
    Selection all = Selection.all(rows);
    Evaluator evaluator =
        Offers.evaluator(Executor.COMPILED.execution(), price, ExpressionBench.LABEL);
    Supplier<Column> ours = () -> evaluator.evaluate(batch, all, new RowErrors());
    Supplier<Column> byHand = () -> HandWritten.labelsOrNull(batch);
    SameTexts.check(byHand.get(), ours.get());
    int calls = warm(ours, byHand);
    double[] our = new double[TURNS];
    double[] hand = new double[TURNS];
    double[] ratios = new double[TURNS];
    for (int i = 0; i < TURNS; i++) {
      our[i] = turn(ours, calls);
      hand[i] = turn(byHand, calls);
      ratios[i] = our[i] / hand[i];
    }
    return String.format(
        Locale.ROOT,
        "Java %d, %4d rows, %-6s: %6.1f ns/row compiled, %6.1f by hand;"
            + " ratio %.2f (a tenth below %.2f, a tenth above %.2f)",
        Runtime.version().feature(),
        rows,
        price,
        share(our, 0.5),
        share(hand, 0.5),
        share(ratios, 0.5),
        share(ratios, 0.1),
        share(ratios, 0.9));
  }

  /** Gives how many calls a turn has. */
  private int warm(Supplier<Column> ours, Supplier<Column> byHand) {
    int calls = 1;
    for (int i = 0; i < WARMUP; i++) {
      double nanos = turn(ours, calls) * rows + turn(byHand, calls) * rows;
      calls = (int) Math.max(1, 2 * TURN_NANOS / nanos);
    }
    return calls;
  }

  /** Nanoseconds of a row. */
  private double turn(Supplier<Column> way, int calls) {
    long start = clock.nanos();
    for (int i = 0; i < calls; i++) {
      done += way.get().size();
    }
    if (done < 0) {
      throw new AssertionError("nothing was made");
    }
    return (double) (clock.nanos() - start) / calls / rows;
  }

  private static double share(double[] values, double share) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[(int) (share * (sorted.length - 1))];
  }
}
