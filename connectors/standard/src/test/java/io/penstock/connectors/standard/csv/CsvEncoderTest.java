package io.penstock.connectors.standard.csv;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.penstock.api.data.Batch;
import io.penstock.api.data.BytesBuilder;
import io.penstock.api.data.Column;
import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.DataType;
import io.penstock.api.data.DoublesBuilder;
import io.penstock.api.data.Field;
import io.penstock.api.data.Provenance;
import io.penstock.api.data.Schema;
import io.penstock.connectors.standard.Read;
import io.penstock.connectors.standard.Written;
import io.penstock.json.Json;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CsvEncoderTest {
  private static final Schema TEXTS =
      Schema.of(Field.of("a", DataType.STRING), Field.optional("b c", DataType.STRING));

  @Test
  void quotesOnlyWhatNeedsIt() {
    Batch batch = texts("x", "plain é", "a,b", "say \"hi\"", "two\nlines", "", "\r");

    assertEquals(
        "a,b c\nx,x\nplain é,plain é\n\"a,b\",\"a,b\"\n\"say \"\"hi\"\"\",\"say \"\"hi\"\"\"\n"
            + "\"two\nlines\",\"two\nlines\"\n,\"\"\n\"\r\",\"\r\"\n",
        Written.all(config(false), batch).text());
  }

  @Test
  void readsBackWhatItWrote() {
    Batch batch = texts("x", "a,\"b\"\r\n", "", "'", "\"");

    String csv = Written.all(config(false), batch).text();
    Read read = Read.all(config(false).format(), TEXTS, csv);

    assertEquals(List.of(), read.bad());
    assertEquals(
        List.of("x", "a,\"b\"\r\n", "", "'", "\""),
        read.rows().stream()
            .map(row -> Json.parse(row).member("b c").flatMap(Json::asText).orElseThrow())
            .toList());
  }

  @Test
  void disarmsFormulasButNotNumbersWhereTold() {
    Batch batch = texts("=1+1", "-5", "-x", "@a", "+4.5");

    assertEquals(
        List.of("a,b c", "'=1+1,'=1+1", "-5,-5", "'-x,'-x", "'@a,'@a", "+4.5,+4.5"),
        Written.lines(config(true), batch));
    assertEquals("=1+1,=1+1", Written.lines(config(false), batch).get(1));
  }

  @Test
  void refusesNotANumber() {
    DoublesBuilder doubles = new DoublesBuilder();
    doubles.add(0.1);
    doubles.add(Double.NaN);
    doubles.add(1e21);
    Batch batch =
        Batch.of(
            Schema.of(Field.of("v", DataType.DOUBLE)),
            3,
            new Column[] {doubles.build()},
            Provenance.none("t"));

    Written written = Written.all(config(false), batch);

    assertEquals("v\n0.1\n1.0E21\n", written.text());
    assertEquals(1, written.rejects().rows().get(0).row());
    assertEquals(
        "`v` is NaN or infinite, which CSV cannot hold", written.rejects().rows().get(0).message());
  }

  @Test
  void takesTheNamesOfOpenRowsFromTheFirst() {
    Batch batch = open("{\"x\":\"1\",\"y z\":null}", "{\"y z\":[1,\"a\"],\"x\":2}", "{\"n\":1}");

    Written written = Written.all(config(false), batch);

    assertEquals("x,y z\n1,\n2,\"[1,\"\"a\"\"]\"\n", written.text());
    assertEquals(2, written.rejects().rows().get(0).row());
  }

  private static CsvConfig config(boolean safe) {
    return new CsvConfig(
        ",", Header.TRUE, "\"", Optional.empty(), CsvConfig.QuotedEmpty.EMPTY, safe);
  }

  private static Batch texts(String... values) {
    BytesBuilder first = new BytesBuilder();
    BytesBuilder second = new BytesBuilder();
    for (String value : values) {
      first.add(value);
      second.add(value);
    }
    Column[] columns = {first.build(), second.build()};
    return Batch.of(TEXTS, values.length, columns, Provenance.none("t"));
  }

  private static Batch open(String... rows) {
    Schema schema = Schema.anything();
    ColumnBuilder rest = ColumnBuilder.of(DataType.JSON);
    for (String row : rows) {
      ((BytesBuilder) rest).add(Json.parse(row).binary());
    }
    return Batch.of(schema, rows.length, new Column[] {rest.build()}, Provenance.none("t"));
  }
}
