package io.penstock.api.format;

import io.penstock.api.data.Change;
import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.Field;
import io.penstock.api.problem.ProblemCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Looks whether bytes can be decoded, for sources that must tell whoever gives them. Keeps no rows.
 * Used by one thread at a time.
 */
public final class BlockCheck {
  private static final int ENOUGH = 4096;

  private final Decoder decoder;
  private final Format.Decoding decoding;

  /** Checks what is decoded so by this format. */
  public BlockCheck(Format format, Format.Decoding decoding) {
    this.decoder = format.decoder(decoding);
    this.decoding = decoding;
  }

  /**
   * What a check has found.
   *
   * @param rows how many rows there are
   * @param bad the first records that are none
   * @param badCount how many of them there are
   */
  public record Found(int rows, List<Bad> bad, int badCount) {
    public Found {
      bad = List.copyOf(bad);
    }
  }

  /**
   * A record that cannot be decoded.
   *
   * @param line the line on which it begins, from 1
   */
  public record Bad(ProblemCode code, String message, int line) {}

  /**
   * Checks bytes that are decoded as a file of their own would be.
   *
   * @param most how many bad records are told at most
   */
  public Found check(byte[] bytes, int most) {
    Block block =
        new Block(
            bytes,
            0,
            bytes.length,
            "",
            0,
            0,
            BlockLines.from(1, bytes, 0, bytes.length),
            true,
            Map.of());
    Counted counted = new Counted(most);
    int at = decoder.header(block);
    do {
      counted.begin();
      at = decoder.decode(block, at, counted);
    } while (at < block.to());
    return new Found(counted.rows, counted.bad, counted.badCount);
  }

  /** Counts rows, and lets their values go. */
  private final class Counted implements Decoder.Rows {
    private final int most;
    private final List<Bad> bad = new ArrayList<>();
    private ColumnBuilder[] builders = new ColumnBuilder[0];
    private int badCount;
    private int rows;
    private int inBatch;

    Counted(int most) {
      this.most = most;
    }

    void begin() {
      inBatch = 0;
      List<Field> fields = decoding.schema().fields();
      builders = new ColumnBuilder[fields.size()];
      for (int i = 0; i < builders.length; i++) {
        builders[i] = ColumnBuilder.of(fields.get(i).type().type());
      }
    }

    @Override
    public ColumnBuilder column(int index) {
      return builders[index];
    }

    @Override
    public void endRow(int offset, int line) {
      rows++;
      inBatch++;
    }

    @Override
    public void endChange(Change change, int offset, int line) {
      endRow(offset, line);
    }

    @Override
    public void bad(int offset, int end, int line, ProblemCode code, String message) {
      for (ColumnBuilder builder : builders) {
        builder.truncate(inBatch);
      }
      badCount++;
      if (bad.size() < most) {
        bad.add(new Bad(code, message, line + 1));
      }
    }

    @Override
    public void skipped(int count) {
      // They are no records.
    }

    @Override
    public boolean full() {
      return inBatch >= ENOUGH;
    }

    @Override
    public int room() {
      return Math.max(0, ENOUGH - inBatch);
    }
  }
}
