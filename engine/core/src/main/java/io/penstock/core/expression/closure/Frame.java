package io.penstock.core.expression.closure;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.Provenance;
import io.penstock.core.expression.EvaluationContext;
import io.penstock.core.expression.function.RowContext;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The row at hand and the registers of its evaluation. One per evaluator, single-threaded. */
final class Frame implements RowContext {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  Column[] columns = new Column[0];
  int row;
  boolean missing;
  boolean wide;
  byte[] json = new byte[0];
  final @Nullable Object[] locals;

  private final EvaluationContext run;
  private final long salt;
  private @Nullable Batch batch;
  private long randomState;
  private int randomRow = -1;

  Frame(EvaluationContext run, long salt, int locals) {
    this.run = run;
    this.salt = mixed(mixed(run.seed() + GOLDEN * run.step().hashCode()) + salt);
    this.locals = new Object[locals];
  }

  void begin(Batch rows) {
    batch = rows;
    columns = rows.columns();
    randomRow = -1;
  }

  void at(int newRow) {
    row = newRow;
    missing = false;
    wide = false;
  }

  boolean takeMissing() {
    boolean was = missing;
    missing = false;
    return was;
  }

  boolean takeWide() {
    boolean was = wide;
    wide = false;
    return was;
  }

  @Nullable Column meta(String name) {
    return batch == null ? null : batch.provenance().meta().get(name);
  }

  @Override
  public long now() {
    return run.now().micros();
  }

  @Override
  public long slot() {
    return run.now().slot();
  }

  @Override
  public long random() {
    if (randomRow != row) {
      randomRow = row;
      randomState = salt;
      if (batch != null) {
        Provenance from = batch.provenance();
        randomState ^= mixed(from.source().hashCode() * 31L + from.split().hashCode());
        randomState = mixed(randomState + from.position(row));
        randomState = mixed(randomState + GOLDEN * from.index(row));
        if (from.position(row) < 0) {
          randomState = mixed(randomState + row);
        }
      }
    }
    randomState += GOLDEN;
    return mixed(randomState);
  }

  /** SplitMix64's mixing. */
  private static long mixed(long bits) {
    long z = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  @Override
  public OptionalLong eventTime() {
    return batch == null || batch.times().isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(batch.times().get().values()[row]);
  }

  @Override
  public String pipeline() {
    return run.pipeline();
  }

  @Override
  public String source() {
    return batch == null ? "" : batch.provenance().source();
  }
}
