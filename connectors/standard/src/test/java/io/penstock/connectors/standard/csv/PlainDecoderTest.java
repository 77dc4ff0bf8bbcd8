package io.penstock.connectors.standard.csv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.FieldPath;
import io.penstock.api.data.Schema;
import io.penstock.api.format.Format;
import io.penstock.connectors.standard.BothWays;
import io.penstock.connectors.standard.RandomValues;
import io.penstock.connectors.standard.Read;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The plain way against the ordinary one. */
class PlainDecoderTest {
  private static final int RECORDS = 100_000;

  @Test
  void givesWhatTheOrdinaryWayGives() {
    long seed = Long.getLong("penstock.seed", 20261128);
    long[] counts = new long[3];
    for (long file = 0; counts[0] < RECORDS; file++) {
      counts[0] += file(seed + file, counts);
    }
    System.out.printf(
        "csv, plain and ordinary: %d records, %d rows, %d refused, from seed %d%n",
        counts[0], counts[1], counts[2], seed);
    assertTrue(counts[1] > RECORDS / 2, "most records are rows");
    assertTrue(counts[2] > RECORDS / 20, "many are refused");
  }

  @Test
  void aDelimiterOrQuoteThatNumbersHaveIsNotReadAsPartOfThem() {
    CsvFormat digits = new CsvFormat(dialect(',', '7'));
    CsvFormat points = new CsvFormat(dialect('.', '"'));
    CsvFormat signs = new CsvFormat(dialect('-', '"'));
    Schema schema = Schema.of(Field.optional("a", DataType.INT), Field.of("b", DataType.DOUBLE));

    assertEquals(
        List.of("{\"a\":1,\"b\":76.0}"), Read.all(digits, schema, "a,b\n1,77767\n").rows());
    assertEquals(
        List.of("{\"a\":1,\"b\":1.2345678E7}"),
        Read.all(points, schema, "a.b\n1.12345678\n").rows());
    assertEquals(List.of("{\"a\":null,\"b\":1.0}"), Read.all(signs, schema, "a-b\n-1\n").rows());
  }

  @Test
  void aCarriageReturnAtTheEndOfABlockIsNoLine() {
    CsvFormat format = new CsvFormat(dialect(',', '"'));
    Schema schema = Schema.of(Field.of("a", DataType.INT));

    Read read =
        Read.blocks(
            format,
            Format.Decoding.of(schema),
            "a\n1\r2\r3\rx\r4\n5\n".getBytes(StandardCharsets.US_ASCII),
            4,
            4096);

    assertEquals(List.of(2L, 2L, 2L, 2L, 3L), read.lines());
    assertEquals(
        List.of("D104 line 2: `a` must be a whole number of 64 bits, not `x`"), read.bad());
  }

  private static CsvDialect dialect(char delimiter, char quote) {
    return new CsvDialect(
        (byte) delimiter, (byte) quote, Header.TRUE, Optional.empty(), false, false);
  }

  private static int file(long seed, long[] counts) {
    RandomValues chance = new RandomValues(new Random(seed));
    Format.Decoding decoding = chance.decoding();
    CsvDialect dialect = dialect(chance, decoding);
    Records records =
        new Records(decoding, dialect, chance, chance.one(List.of(0.0, 0.02, 0.1, 0.6)));
    StringBuilder text = new StringBuilder(records.header());
    int[] ends = new int[1 + chance.upTo(4)];
    int count = 0;
    for (int i = 0; i < ends.length; i++) {
      for (int left = 1 + chance.upTo(100); left > 0; left--) {
        text.append(records.next()).append(records.lineEnd());
        count++;
      }
      ends[i] = text.length();
    }
    if (chance.chance(0.5)) {
      text.setLength(--ends[ends.length - 1]);
    }
    // What follows the last block is none of its business.
    byte[] bytes = (text + "12345\n,\"").getBytes(StandardCharsets.ISO_8859_1);
    if (chance.chance(0.3)) {
      bytes = Arrays.copyOf(bytes, text.length());
    }
    BothWays ways =
        new BothWays(
            decoding.schema(),
            new CsvDecoder(dialect, decoding),
            new CsvDecoder(dialect, decoding, false),
            chance.one(List.of(1, 3, 4096)),
            chance.chance(0.5));
    try {
      ways.read(bytes, ends);
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("seed " + seed + ", " + dialect + ", " + decoding, e);
    }
    counts[1] += ways.rows();
    counts[2] += ways.bad();
    return count;
  }

  private static CsvDialect dialect(RandomValues chance, Format.Decoding decoding) {
    char delimiter =
        chance.chance(0.8) ? ',' : chance.one(List.of(';', '\t', '|', ' ', '.', '-', '5'));
    char quote = chance.chance(0.9) ? '"' : chance.one(List.of('\'', '-', '7', '+'));
    boolean names = decoding.unknownFields() == Format.UnknownFields.DROP && delimiter != ' ';
    return new CsvDialect(
        (byte) delimiter,
        (byte) (quote == delimiter ? '"' : quote),
        names ? chance.one(List.of(Header.values())) : Header.IGNORE,
        chance.chance(0.1) ? Optional.of("-") : Optional.empty(),
        chance.chance(0.5),
        false);
  }

  /** Records of a shape, and now and then an odd one. */
  private static final class Records {
    private final Format.Decoding decoding;
    private final CsvDialect dialect;
    private final RandomValues chance;
    private final double odd;
    private final List<String> order;

    Records(Format.Decoding decoding, CsvDialect dialect, RandomValues chance, double odd) {
      this.decoding = decoding;
      this.dialect = dialect;
      this.chance = chance;
      this.odd = odd;
      this.order = new ArrayList<>(decoding.schema().names());
      if (dialect.header() == Header.TRUE) {
        Collections.shuffle(order, new Random(chance.upTo(1000)));
        order.removeIf(
            n -> decoding.schema().field(n).orElseThrow().type().optional() && chance.chance(0.3));
        if (order.isEmpty() || chance.chance(0.4)) {
          order.add(chance.upTo(order.size()), "unknown");
        }
      }
    }

    String header() {
      return dialect.header() == Header.FALSE
          ? ""
          : String.join(separator(), order.stream().map(this::name).toList()) + "\n";
    }

    private String name(String name) {
      char quote = (char) dialect.quote();
      return quote + RandomValues.bytes(name).replace("" + quote, "" + quote + quote) + quote;
    }

    String lineEnd() {
      return !chance.chance(odd / 2) ? "\n" : chance.one(List.of("\r\n", "\r", "\n\n", "\r\r\n"));
    }

    private String separator() {
      return String.valueOf((char) dialect.delimiter());
    }

    String next() {
      boolean surprising = chance.chance(odd);
      List<String> cells = new ArrayList<>();
      for (String name : order) {
        cells.add(cell(name, surprising && chance.chance(1.0 / order.size())));
      }
      if (surprising && chance.chance(0.1)) {
        cells.add(chance.one(List.of("", "x")));
      } else if (surprising && chance.chance(0.1)) {
        cells.remove(cells.size() - 1);
      }
      String whole = String.join(separator(), cells);
      if (surprising && chance.chance(0.2)) {
        whole = chance.mutated(whole);
      }
      return surprising && chance.chance(0.05) ? "" : whole;
    }

    private String cell(String name, boolean surprising) {
      Optional<Field> field = decoding.schema().field(name);
      if (surprising && chance.chance(0.2)) {
        return chance.one(List.of("", "\"\"", "null", " ", "-", "x\"y", "\"a\nb\""));
      }
      DataType type = field.map(f -> f.type().type()).orElse(DataType.STRING);
      String text =
          chance.text(
              type, decoding.types().pattern(FieldPath.of(name)), surprising && chance.chance(0.7));
      boolean quoted =
          text.contains(separator()) && chance.chance(0.9)
              || text.indexOf((char) dialect.quote()) == 0
              || surprising && chance.chance(0.3);
      return quoted ? quoted(text) : text;
    }

    private String quoted(String text) {
      char quote = (char) dialect.quote();
      return quote + text.replace("" + quote, "" + quote + quote) + quote;
    }
  }
}
