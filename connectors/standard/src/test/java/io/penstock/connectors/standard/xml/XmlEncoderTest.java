package io.penstock.connectors.standard.xml;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.penstock.api.data.Batch;
import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import io.penstock.api.data.ValueType;
import io.penstock.api.format.FormatConfig;
import io.penstock.api.sink.Rejects;
import io.penstock.connectors.standard.Read;
import io.penstock.connectors.standard.Written;
import io.penstock.connectors.standard.json.JsonConfig;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class XmlEncoderTest {
  private static final FormatConfig JSON =
      new JsonConfig(JsonConfig.Layout.LINES, JsonConfig.Nulls.WRITE);
  private static final FormatConfig XML = new XmlConfig("list/row");
  private static final Schema PART =
      Schema.of(Field.optional("@unit", DataType.STRING), Field.of("#text", DataType.DOUBLE));
  private static final Schema ROW =
      Schema.of(
          Field.of("@id", DataType.INT),
          Field.optional("text", DataType.STRING),
          Field.optional("day", DataType.DATE),
          Field.of("sizes", new DataType.ListOf(ValueType.optional(new DataType.RecordOf(PART)))),
          Field.of("counts", new DataType.MapOf(ValueType.required(DataType.INT))),
          Field.optional("any", DataType.JSON));

  private static Batch rows(Schema schema, String lines) {
    Read read = Read.all(JSON.format(), schema, lines);
    assertEquals(List.of(), read.bad());
    return read.batches().get(0);
  }

  private static List<String> back(Schema schema, String xml) {
    Read read = Read.all(XML.format(), schema, xml);
    assertEquals(List.of(), read.bad(), xml);
    return read.rows();
  }

  @Test
  void eachRowIsAnElementOnALineWithinItsParents() {
    String row =
        "{\"@id\":7,\"text\":\"a < b & \\\"c\\\"\",\"day\":null,"
            + "\"sizes\":[{\"@unit\":\"m\",\"#text\":1.5},{\"@unit\":null,\"#text\":2.0}],"
            + "\"counts\":{\"x\":1,\"y\":2},\"any\":{\"@k\":\"v\",\"e\":[\"1\",\"2\"],\"#text\":\"t\"}}";

    Written written = Written.all(XML, rows(ROW, row));

    assertEquals(
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <list>
        <row id="7"><text>a &lt; b &amp; "c"</text><sizes unit="m">1.5</sizes><sizes>2.0</sizes>\
        <counts><x>1</x><y>2</y></counts><any k="v"><e>1</e><e>2</e>t</any></row>
        </list>
        """,
        written.text());
    assertEquals(List.of(row), back(ROW, written.text()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"@id\":1,\"text\":\"\",\"day\":\"2024-02-29\",\"sizes\":[],\"counts\":{},\"any\":null}",
        "{\"@id\":-1,\"text\":\" \\r\\n\\t]]>\\u20ac \\ud83d\\ude00 \",\"day\":null,\"sizes\":[],\"counts\":{},\"any\":\"x\"}",
        "{\"@id\":2,\"text\":null,\"day\":null,\"sizes\":[null],\"counts\":{\"a\":1},\"any\":null}",
      })
  void whatIsWrittenIsReadBackTheSame(String row) {
    Batch batch = rows(ROW, row);

    String xml = Written.all(XML, batch).text();

    assertEquals(Written.lines(JSON, batch), back(ROW, xml), xml);
  }

  @Test
  void openRowsAreWrittenWithWhatTheyHave() {
    String row = "{\"@id\":\"7\",\"b\":[\"1\",\"2\"],\"c\":\"\",\"#text\":\"x\"}";

    String xml = Written.all(XML, rows(Schema.anything(), row)).text();

    assertEquals(List.of(row), back(Schema.anything(), xml));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "{\"a\":\"x\\u0001\"}|a text has the character U+0001, which XML cannot hold",
        "{\"a\":\"\\uffff\"}|a text has the character U+FFFF, which XML cannot hold",
        "{\"a b\":1}|`a b` is no name that XML can hold",
        "{\"\":1}|`` is no name that XML can hold",
      })
  void whatXmlCannotHoldIsRefusedAndNothingElse(String row, String why) {
    Batch batch = rows(Schema.anything(), "{\"a\":\"1\"}\n" + row + "\n{\"a\":\"2\"}");

    Written written = Written.all(XML, batch);

    List<Rejects.Reject> rejects = written.rejects().rows();
    assertEquals(List.of(1), rejects.stream().map(Rejects.Reject::row).toList());
    assertEquals(why, rejects.get(0).message());
    assertEquals(
        List.of("{\"a\":\"1\"}", "{\"a\":\"2\"}"), back(Schema.anything(), written.text()));
  }

  @Test
  void aRootThatIsTheRecordTakesOneRow() {
    Written written =
        Written.all(new XmlConfig("row"), rows(Schema.anything(), "{\"a\":\"1\"}\n{}"));

    assertEquals(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<row><a>1</a></row>\n", written.text());
    assertEquals(1, written.rejects().rows().size());
  }
}
