package io.penstock.connectors.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.FieldPath;
import io.penstock.api.data.Schema;
import io.penstock.api.format.Format;
import io.penstock.api.format.TextTypes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Files that lack what is declared, and files that are damaged. */
final class ParquetDamageTest {
  private static final Schema ROWS = Orders.SCHEMA;

  @Test
  void fieldsThatNobodyReadsAreLeftOutWhereTheyCannotBeWrong() {
    byte[] file = Read.written(Orders.format(Codec.SNAPPY), ROWS, Orders.lines(300).batches());
    Schema two =
        Schema.of(Field.of("id", DataType.INT), Field.of("amount", new DataType.Decimal(5, 2)));
    Format.Decoding all = Format.Decoding.of(two);
    Format.Decoding none =
        new Format.Decoding(
            two,
            Set.of(FieldPath.of("amount")),
            false,
            all.unknownFields(),
            TextTypes.standard(),
            all.maxRecord());

    Read whole = Read.blocks(Orders.format(Codec.NONE), all, file, 1 << 20, 100);
    Read part = Read.blocks(Orders.format(Codec.NONE), none, file, 1 << 20, 100);

    assertTrue(whole.bad().size() > 50);
    assertEquals(whole.bad(), part.bad());
    assertEquals(whole.rows().size(), part.rows().size());
    Format.Decoding nothing =
        new Format.Decoding(
            Schema.of(Field.of("id", DataType.INT), Field.of("paid", DataType.BOOLEAN)),
            Set.of(),
            false,
            all.unknownFields(),
            TextTypes.standard(),
            all.maxRecord());
    assertEquals(
        300, Read.blocks(Orders.format(Codec.NONE), nothing, file, 1 << 20, 100).rows().size());
  }

  @Test
  void whatTheFileDoesNotHaveIsTold() {
    byte[] file = Read.written(Orders.format(Codec.SNAPPY), ROWS, Orders.lines(3).batches());

    assertEquals(
        List.of("D103 line 1: `gone` is missing; nothing of the file is read"),
        Orders.read(Schema.of(Field.of("gone", DataType.INT)), file).bad());
    assertEquals(
        List.of("{\"gone\":null}", "{\"gone\":null}", "{\"gone\":null}"),
        Orders.read(Schema.of(Field.optional("gone", DataType.INT)), file).rows());
    assertEquals(
        List.of(
            "D104 line 1: `day` must be a value of type int, not Parquet's `INT32 DATE`; nothing of"
                + " the file is read"),
        Orders.read(Schema.of(Field.of("day", DataType.INT)), file).bad());
    Read required =
        Orders.read(
            Schema.of(Field.of("rate", DataType.DOUBLE)),
            Read.written(Orders.format(Codec.NONE), ROWS, Orders.lines(30).batches()));
    assertEquals(30, required.bad().size() + required.rows().size());
    assertTrue(
        required.bad().get(0).endsWith("`rate` must be a value of type double, not null"),
        required.bad().get(0));
  }

  @Test
  void whatIsNoFileOfParquetIsTold() {
    byte[] file = Read.written(Orders.format(Codec.SNAPPY), ROWS, Orders.lines(30).batches());
    byte[] cut = Arrays.copyOf(file, file.length - 3);
    byte[] longer = file.clone();
    longer[file.length - 6] = 0x7f;
    byte[] footer = file.clone();
    Arrays.fill(footer, file.length - 1000, file.length - 10, (byte) 0x55);

    String end = "; nothing of the file is read";
    assertEquals(
        List.of("D101 line 1: the file is empty, and so no Parquet" + end),
        Orders.read(ROWS, new byte[0]).bad());
    assertEquals(
        List.of("D101 line 1: the file is no Parquet: it does not begin with `PAR1`" + end),
        Orders.read(ROWS, "id,name\n1,a\n2,b\n".getBytes(StandardCharsets.UTF_8)).bad());
    assertEquals(
        List.of("D101 line 1: the file does not end with `PAR1`: it is cut off or damaged" + end),
        Orders.read(ROWS, cut).bad());
    assertTrue(
        Orders.read(ROWS, longer)
            .bad()
            .get(0)
            .startsWith("D101 line 1: the footer says that it has "));
    assertEquals(
        List.of("D101 line 1: the footer of the file cannot be read" + end),
        Orders.read(ROWS, footer).bad());
  }

  @Test
  void bytesThatChangeNeverStopTheReadingAndAreNoticed() {
    Read rows = Orders.lines(400);
    byte[] file = Read.written(Orders.format(Codec.SNAPPY), ROWS, rows.batches());
    Random random = new Random(3);
    int noticed = 0;
    int silent = 0;
    for (int round = 0; round < 600; round++) {
      byte[] broken = file.clone();
      broken[random.nextInt(file.length)] ^= (byte) (1 << random.nextInt(8));
      Read read = Orders.read(ROWS, broken);
      noticed += read.bad().isEmpty() ? 0 : 1;
      silent += read.bad().isEmpty() && !read.rows().equals(rows.rows()) ? 1 : 0;
    }
    // Pages have a checksum; their headers and the footer, in which Parquet has none, are few
    // bytes.
    assertTrue(noticed > 400, "damage is noticed, not " + noticed);
    assertTrue(silent < 10, "hardly anything passes unseen, not " + silent);
  }
}
