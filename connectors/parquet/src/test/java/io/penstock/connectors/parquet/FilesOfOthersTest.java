package io.penstock.connectors.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import io.penstock.api.data.ValueType;
import io.penstock.api.format.Format;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that other programs have written; what DuckDB finds in them is the judge. */
final class FilesOfOthersTest {
  /**
   * Columns of which DuckDB is no judge: it refuses decimals in more bytes than it has room for and
   * times of day below 0, has no JSON of unsigned numbers and times as far off as ours, and leaves
   * out groups of one field that stand there many times.
   */
  private static final Set<String> UNJUDGED =
      Set.of(
          "_DECIMAL_fixed_n",
          "_DECIMAL_unlimited",
          "_TIME_MILLIS_int32",
          "_TIMESTAMP_MICROS_int64",
          "_INT96_RAW",
          "_UINT_64",
          "my_list",
          "myComplex",
          "repeatedMessage");

  private static final byte[] WRONG_SUM = {-98, -8, -62, -14, 7};
  private static final byte[] RIGHT_SUM = {-106, -104, -89, -128, 10};

  @TempDir Path folder;

  /** A column that both sides read, and how DuckDB says its values as our JSON does. */
  private record Wanted(Field field, String expression) {}

  static List<Path> files() throws IOException, URISyntaxException {
    Path others =
        Path.of(Objects.requireNonNull(FilesOfOthersTest.class.getResource("others")).toURI());
    try (Stream<Path> all = Files.walk(others)) {
      return all.filter(file -> file.toString().endsWith(".parquet")).sorted().toList();
    }
  }

  /** Those of which DuckDB judges a column at least. */
  static List<Path> judged() throws IOException, URISyntaxException {
    return files().stream().filter(file -> !columns(file).isEmpty()).toList();
  }

  private static List<Wanted> columns(Path file) {
    List<Wanted> columns = new ArrayList<>();
    for (List<String> column : DuckDb.asked("describe select * from '" + file + "'")) {
      String type = column.get(1);
      String name = "\"" + column.get(0) + "\"";
      if (isJudged(type) && !UNJUDGED.contains(column.get(0)) && !isFar(file, name, type)) {
        columns.add(
            new Wanted(
                Field.optional(column.get(0), DuckType.of(type)),
                expression(name, type) + " as " + name));
      }
    }
    return columns;
  }

  /** Whether DuckDB's JSON has values of a type as ours has, inside others too. */
  private static boolean isJudged(String type) {
    boolean within = type.contains("(") && !type.startsWith("DECIMAL") || type.endsWith("]");
    return !(within && (type.contains("TIMESTAMP") || type.contains("BLOB")))
        && !type.equals("INTERVAL")
        && !type.equals("\"NULL\"");
  }

  /** Whether a column has dates that nobody means: Drill once wrote them wrong. */
  private static boolean isFar(Path file, String name, String type) {
    return type.equals("DATE")
        && DuckDb.asked(
                "select coalesce(max(%s) > date '9999-12-31', false) from '%s'"
                    .formatted(name, file))
            .get(0)
            .get(0)
            .equals("true");
  }

  private static String expression(String name, String type) {
    if (type.startsWith("TIMESTAMP")) {
      return "strftime(" + name + "::timestamp, '%Y-%m-%dT%H:%M:%S.%fZ')";
    }
    if (type.startsWith("TIME")) {
      String micros = "epoch_us(" + name + "::time)";
      return "'PT' || (%1$s // 1000000) || '.' || lpad((%1$s %% 1000000)::varchar, 6, '0') || 'S'"
          .formatted(micros);
    }
    if (type.equals("BLOB")) {
      return "to_base64(" + name + ")";
    }
    return name + "::" + type.replace("FLOAT", "DOUBLE");
  }

  @ParameterizedTest
  @MethodSource("judged")
  void rowsAreThoseThatDuckDbFinds(Path file) throws IOException {
    List<Wanted> columns = columns(file);
    Schema schema = Schema.of(columns.stream().map(Wanted::field).toList());
    Path json = folder.resolve("theirs.jsonl");
    DuckDb.asked(
        "copy (select %s from '%s') to '%s' (format json)"
            .formatted(
                String.join(", ", columns.stream().map(Wanted::expression).toList()), file, json));
    Read theirs = DuckDb.written(schema, json);
    assertEquals(List.of(), theirs.bad());

    byte[] bytes = checked(Files.readAllBytes(file));
    Read ours = Orders.read(schema, bytes);
    Read parts = Read.groups(Orders.format(Codec.NONE), Format.Decoding.of(schema), bytes, 7);

    assertEquals(List.of(), ours.bad());
    assertEquals(theirs.rows(), ours.rows());
    assertEquals(theirs.rows(), parts.rows());
  }

  /** With the checksum that the one page of a file should have: its writer took another. */
  private static byte[] checked(byte[] file) {
    byte[] right = file.clone();
    int at = indexOf(file, WRONG_SUM);
    if (at >= 0) {
      System.arraycopy(RIGHT_SUM, 0, right, at, RIGHT_SUM.length);
    }
    return right;
  }

  private static int indexOf(byte[] in, byte[] what) {
    for (int at = 0; at + what.length <= in.length; at++) {
      if (Arrays.equals(in, at, at + what.length, what, 0, what.length)) {
        return at;
      }
    }
    return -1;
  }

  private static byte[] bytes(String name) throws IOException, URISyntaxException {
    return Files.readAllBytes(
        files().stream().filter(file -> file.endsWith(name)).findFirst().orElseThrow());
  }

  @Test
  void aPageWithAnotherChecksumIsRefusedAsItStands() throws Exception {
    Read read =
        Orders.read(
            Schema.of(Field.optional("FRUIT", DataType.STRING)),
            bytes("delta_length_byte_array.parquet"));

    assertEquals(
        List.of(
            "D108 line 1: the checksum of a page of the column `FRUIT` is not that of its bytes;"
                + " 1000 rows are lost"),
        read.bad());
  }

  @Test
  void groupsThatStandThereManyTimesAreListsOfRecords() throws Exception {
    Schema inner = Schema.of(Field.optional("someId", DataType.INT));
    Schema outer =
        Schema.of(
            Field.of("id", DataType.INT),
            Field.of("repeatedMessage", listOf(new DataType.RecordOf(inner))));

    Read read =
        Orders.read(
            Schema.of(
                Field.of("primitive", DataType.INT),
                Field.of("myComplex", listOf(new DataType.RecordOf(outer)))),
            bytes("nested-array-struct.parquet"));

    assertEquals(List.of(), read.bad());
    assertEquals(
        List.of(
            "{\"primitive\":2,\"myComplex\":[{\"id\":1,\"repeatedMessage\":[{\"someId\":3}]}]}",
            "{\"primitive\":5,\"myComplex\":[{\"id\":4,\"repeatedMessage\":[{\"someId\":6}]}]}",
            "{\"primitive\":8,\"myComplex\":[{\"id\":7,\"repeatedMessage\":[{\"someId\":9}]}]}"),
        read.rows());
  }

  private static DataType listOf(DataType element) {
    return new DataType.ListOf(ValueType.required(element));
  }

  @Test
  void aGroupIsARecordWhateverElseItIsCalled() throws Exception {
    Schema element = Schema.of(Field.optional("element", DataType.STRING));
    Schema list = Schema.of(Field.of("list", listOf(new DataType.RecordOf(element))));

    Read read =
        Orders.read(
            Schema.of(Field.of("my_list", new DataType.RecordOf(list))),
            bytes("group-field-with-enum-as-logical-annotation.parquet"));

    assertEquals(List.of(), read.bad());
    assertEquals(1, read.rows().size());
    assertTrue(
        read.rows().get(0).startsWith("{\"my_list\":{\"list\":[{\"element\":\""),
        read.rows().get(0));
  }

  @Test
  void thereAreFilesOfManyWriters() throws Exception {
    List<String> writers =
        DuckDb.asked(
                "select distinct coalesce(created_by, '') from parquet_file_metadata("
                    + files().stream().map(f -> "'" + f + "'").toList()
                    + ")")
            .stream()
            .map(row -> row.get(0).replaceAll("[^a-zA-Z-].*", ""))
            .distinct()
            .toList();

    assertTrue(writers.size() >= 4, writers::toString);
    assertEquals(files().size() - 1, judged().size());
    assertTrue(files().size() > 50);
  }
}
