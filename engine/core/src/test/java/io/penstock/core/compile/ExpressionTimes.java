package io.penstock.core.compile;

import io.penstock.api.data.Batch;
import io.penstock.api.data.BytesBuilder;
import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.LongsBuilder;
import io.penstock.api.data.Provenance;
import io.penstock.api.data.Schema;
import io.penstock.api.option.ExpressionText;
import io.penstock.api.problem.Origin;
import io.penstock.api.problem.Problems;
import io.penstock.core.expression.EvaluationContext;
import io.penstock.core.expression.Evaluator;
import io.penstock.core.expression.Evaluators;
import io.penstock.core.expression.Expression;
import io.penstock.core.expression.ExpressionChecker;
import io.penstock.core.expression.RowErrors;
import io.penstock.core.expression.Scope;
import io.penstock.core.expression.Selection;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Prints what a row of the benchmark expression costs on closures, on compiled loops and written by
 * hand over the same columns; a program of its own, the best of several rounds.
 */
final class ExpressionTimes {
  private static final String EXPRESSION =
      "if(price * 0.908 > 1000 && (channel == 'apple' || channel == 'google'),"
          + " upper(channel) + '-' + auction, null)";
  private static final Schema ROW =
      Schema.of(
          Field.of("price", DataType.INT),
          Field.of("channel", DataType.STRING),
          Field.of("auction", DataType.INT));
  private static final int ROUNDS = 12;
  private static final byte[] APPLE = "apple".getBytes(StandardCharsets.UTF_8);
  private static final byte[] GOOGLE = "google".getBytes(StandardCharsets.UTF_8);

  private ExpressionTimes() {}

  public static void main(String[] args) throws SourceRefused {
    Expression expression =
        new ExpressionChecker(new Problems())
            .check(ExpressionText.at(EXPRESSION, Origin.at("bench", 1, 1)), Scope.of(ROW))
            .orElseThrow();
    EvaluationContext run = new EvaluationContext(() -> 0, 0, "", "");
    ClassMaker maker = new ClassMaker(ExpressionTimes.class.getClassLoader());
    Evaluator closures = Evaluators.of(expression, run);
    LoopRun loops =
        new LoopRun(
            MadeLoops.make(List.of(expression), false, maker).orElseThrow(),
            List.of(closures),
            run);
    HandWritten hand = new HandWritten();
    for (int size : new int[] {4096, 1024, 16, 1}) {
      Batch batch = batch(size);
      Selection all = Selection.all(size);
      RowErrors errors = new RowErrors();
      agree(hand.evaluate(batch), loops.evaluate(batch, all, errors)[0]);
      double byHand = nanos(() -> hand.evaluate(batch), size);
      double compiled = nanos(() -> loops.evaluate(batch, all, errors)[0], size);
      double closed = nanos(() -> closures.evaluate(batch, all, errors), size);
      System.out.printf(
          "batch %5d: hand-written %6.1f ns/row, compiled %6.1f (%.2f), closures %6.1f%n",
          size, byHand, compiled, compiled / byHand, closed);
    }
  }

  private static void agree(Column one, Column other) {
    for (int row = 0; row < one.size(); row++) {
      boolean same =
          one.isNull(row)
              ? other.isNull(row)
              : ((Column.Bytes) one).text(row).equals(((Column.Bytes) other).text(row));
      if (!same) {
        throw new AssertionError("row " + row);
      }
    }
  }

  private static double nanos(Supplier<Column> work, int size) {
    int times = 4_000_000 / (size + 20);
    double best = Double.MAX_VALUE;
    long sum = 0;
    for (int round = 0; round < ROUNDS; round++) {
      long start = System.nanoTime();
      for (int i = 0; i < times; i++) {
        sum += work.get().size();
      }
      best = Math.min(best, (System.nanoTime() - start) / (double) times / size);
    }
    return sum == 0 ? 0 : best;
  }

  private static Batch batch(int size) {
    Random random = new Random(7);
    LongsBuilder prices = new LongsBuilder();
    LongsBuilder auctions = new LongsBuilder();
    BytesBuilder channels = new BytesBuilder();
    String[] names = {"apple", "google", "facebook", "baidu", "channel-" + random.nextInt(9999)};
    for (int i = 0; i < size; i++) {
      prices.add((long) Math.pow(10, random.nextDouble() * 6) * 100);
      auctions.add(1000 + random.nextInt(100_000));
      channels.add(names[random.nextInt(names.length)]);
    }
    Column[] columns = {prices.build(), channels.build(), auctions.build()};
    return Batch.of(ROW, size, columns, Provenance.none("b"));
  }

  /** The expression as a programmer would write it for these columns. */
  private static final class HandWritten {
    private byte[] out = new byte[256];

    Column evaluate(Batch batch) {
      long[] price = ((Column.Longs) batch.column(0)).values();
      Column.Bytes channel = (Column.Bytes) batch.column(1);
      long[] auction = ((Column.Longs) batch.column(2)).values();
      byte[] bytes = channel.bytes();
      int[] starts = channel.starts();
      int[] tos = channel.ends();
      int size = batch.size();
      int[] ends = new int[size + 1];
      long[] validity = new long[(size + 63) >>> 6];
      int length = 0;
      boolean nulls = false;
      for (int i = 0; i < size; i++) {
        int from = starts[i];
        int to = tos[i];
        boolean taken =
            Math.multiplyExact(price[i], 908L) > 1_000_000
                && (equal(bytes, from, to, APPLE) || equal(bytes, from, to, GOOGLE));
        if (taken) {
          if (out.length - length < to - from + 21) {
            out = Arrays.copyOf(out, out.length * 2 + to - from);
          }
          length = upper(bytes, from, to, out, length);
          out[length++] = '-';
          length = digits(auction[i], out, length);
          validity[i >>> 6] |= 1L << i;
        } else {
          nulls = true;
        }
        ends[i + 1] = length;
      }
      return Column.Bytes.inARow(size, Arrays.copyOf(out, length), ends, nulls ? validity : null);
    }

    private static boolean equal(byte[] bytes, int from, int to, byte[] wanted) {
      return Arrays.equals(bytes, from, to, wanted, 0, wanted.length);
    }

    private static int upper(byte[] bytes, int from, int to, byte[] out, int at) {
      for (int i = from; i < to; i++) {
        byte b = bytes[i];
        out[at++] = b >= 'a' && b <= 'z' ? (byte) (b - 32) : b;
      }
      return at;
    }

    private static int digits(long value, byte[] out, int at) {
      int end = at + 1;
      for (long rest = value / 10; rest > 0; rest /= 10) {
        end++;
      }
      long rest = value;
      for (int i = end - 1; i >= at; i--) {
        out[i] = (byte) ('0' + rest % 10);
        rest /= 10;
      }
      return end;
    }
  }
}
