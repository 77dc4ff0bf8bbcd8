package io.penstock.bench;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.Validity;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The benchmark expressions as somebody would write them who knows the columns: one loop, nothing
 * between the columns read and the column made. What compiled expressions are measured against.
 */
final class HandWritten {
  private static final byte[] APPLE = "apple".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] GOOGLE = "google".getBytes(StandardCharsets.US_ASCII);
  private static final int MOST_DIGITS = 20;

  private final byte[] bytes;
  private final int[] offsets;
  private int length;
  private int count;

  private HandWritten(Column.Bytes channels) {
    int size = channels.size();
    bytes = new byte[(int) channels.length() + (MOST_DIGITS + 1) * size];
    offsets = new int[size + 1];
  }

  /** {@code if(wanted, upper(channel) + '-' + auction, null)}. */
  static Column.Bytes labelsOrNull(Batch rows) {
    Column.Bytes channels = (Column.Bytes) rows.column(Offers.CHANNEL);
    long[] auctions = ((Column.Longs) rows.column(Offers.AUCTION)).values();
    Prices prices = new Prices(rows.column(Offers.PRICE));
    HandWritten made = new HandWritten(channels);
    long[] validity = new long[Validity.words(rows.size())];
    for (int row = 0; row < rows.size(); row++) {
      if (prices.dear(row) && isWanted(channels, row)) {
        made.label(channels, row, auctions[row]);
        validity[row >>> 6] |= 1L << row;
      }
      made.end();
    }
    return made.column(validity);
  }

  /** {@code upper(channel) + '-' + auction} of the rows that are wanted. */
  static Column.Bytes labelsOfWanted(Batch rows) {
    Column.Bytes channels = (Column.Bytes) rows.column(Offers.CHANNEL);
    long[] auctions = ((Column.Longs) rows.column(Offers.AUCTION)).values();
    Prices prices = new Prices(rows.column(Offers.PRICE));
    HandWritten made = new HandWritten(channels);
    for (int row = 0; row < rows.size(); row++) {
      if (prices.dear(row) && isWanted(channels, row)) {
        made.label(channels, row, auctions[row]);
        made.end();
      }
    }
    return Column.Bytes.inARow(made.count, made.bytes, made.offsets, null);
  }

  /** {@code price * 0.908 > 1000} over whichever column there is; the other one is empty. */
  private static final class Prices {
    private final boolean floating;
    private final double[] doubles;
    private final long[] longs;

    Prices(Column column) {
      floating = column instanceof Column.Doubles;
      doubles = column instanceof Column.Doubles prices ? prices.values() : new double[0];
      longs = column instanceof Column.Longs prices ? prices.values() : new long[0];
    }

    boolean dear(int row) {
      return floating ? doubles[row] * 0.908 > 1000 : longs[row] * 908 > 1_000_000;
    }
  }

  private static boolean isWanted(Column.Bytes channels, int row) {
    int from = channels.from(row);
    int to = channels.to(row);
    byte[] bytes = channels.bytes();
    return Arrays.equals(bytes, from, to, APPLE, 0, APPLE.length)
        || Arrays.equals(bytes, from, to, GOOGLE, 0, GOOGLE.length);
  }

  private void label(Column.Bytes channels, int row, long auction) {
    byte[] from = channels.bytes();
    byte[] to = bytes;
    int at = length;
    int end = channels.to(row);
    for (int i = channels.from(row); i < end; i++) {
      byte c = from[i];
      to[at++] = c >= 'a' && c <= 'z' ? (byte) (c - 'a' + 'A') : c;
    }
    to[at++] = '-';
    int digits = 1;
    for (long ten = 10; auction >= ten; ten *= 10) {
      digits++;
    }
    length = at + digits;
    // Divisions of 32 bits cost a third of those of 64; auctions are below a hundred thousand.
    int rest = (int) auction;
    for (int i = length - 1; i >= at; i--) {
      to[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }

  private void end() {
    offsets[++count] = length;
  }

  private Column.Bytes column(long[] validity) {
    return Column.Bytes.inARow(count, bytes, offsets, validity);
  }
}
