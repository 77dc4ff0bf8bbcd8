package io.penstock.connectors.registry;

import io.penstock.api.data.Batch;
import io.penstock.api.format.Encoder;
import io.penstock.api.sink.Rejects;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes records of another encoder behind the number of their schema. The registry is asked when
 * the first row comes, so that a run without rows leaves nothing there.
 */
public final class NumberedEncoder implements Encoder {
  private final Supplier<Begun> begin;

  // Known from the first row on.
  private @Nullable Begun begun;
  private boolean opened;
  private boolean prefixed;
  private boolean taken;

  /**
   * What is known once the registry was asked.
   *
   * @param prefix what stands before each record
   * @param records writes a record for each row, and one row for a file
   */
  public record Begun(byte[] prefix, Encoder records) {}

  public NumberedEncoder(Supplier<Begun> begin) {
    this.begin = begin;
  }

  @Override
  public void open(ByteSink to) {
    opened = false;
    prefixed = false;
    taken = false;
  }

  @Override
  public Rejects write(Batch rows, ByteSink to) throws IOException {
    if (rows.size() == 0) {
      return Rejects.NONE;
    }
    Encoder records = begun().records();
    if (!opened) {
      records.open(behindPrefix(to));
      opened = true;
    }
    Rejects rejects = records.write(rows, behindPrefix(to));
    taken |= rejects.rows().size() < rows.size();
    return rejects;
  }

  /** A file whose rows were all refused is an empty one. */
  private ByteSink behindPrefix(ByteSink to) {
    return (bytes, offset, length) -> {
      if (length > 0) {
        prefix(to);
        to.write(bytes, offset, length);
      }
    };
  }

  private void prefix(ByteSink to) throws IOException {
    if (!prefixed) {
      byte[] prefix = begun().prefix();
      to.write(prefix, 0, prefix.length);
      prefixed = true;
    }
  }

  @Override
  public Rejects each(Batch rows, RecordSink to) throws IOException {
    if (rows.size() == 0) {
      return Rejects.NONE;
    }
    byte[] prefix = begun().prefix();
    return begun()
        .records()
        .each(
            rows,
            (row, bytes, offset, length) -> {
              byte[] record = Arrays.copyOf(prefix, prefix.length + length);
              System.arraycopy(bytes, offset, record, prefix.length, length);
              to.record(row, record, 0, record.length);
            });
  }

  private Begun begun() {
    Begun known = begun;
    if (known == null) {
      known = begin.get();
      begun = known;
    }
    return known;
  }

  @Override
  public void rest() {
    if (begun != null) {
      begun.records().rest();
    }
  }

  @Override
  public void close(ByteSink to) throws IOException {
    if (!taken) {
      return;
    }
    begun().records().close(behindPrefix(to));
    // A message may have no bytes.
    prefix(to);
  }
}
