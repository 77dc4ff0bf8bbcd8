package io.penstock.connectors.avro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.FieldPath;
import io.penstock.api.data.Provenance;
import io.penstock.api.data.Schema;
import io.penstock.api.data.ValueType;
import io.penstock.api.format.Encoder;
import io.penstock.api.format.Format;
import io.penstock.api.format.TextTypes;
import io.penstock.api.problem.PipelineException;
import io.penstock.api.sink.Rejects;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.junit.jupiter.api.Test;

/** Files of one schema, read by another. */
final class AvroSchemaTest {
  private static final String OLD =
      record(
          "{\"name\":\"id\",\"type\":\"int\"},{\"name\":\"nick\",\"type\":\"string\"},"
              + "{\"name\":\"kind\",\"type\":{\"type\":\"enum\",\"name\":\"K\",\"symbols\":[\"A\",\"B\",\"C\"]}}");

  private static String record(String fields) {
    return "{\"type\":\"record\",\"name\":\"r\",\"fields\":[" + fields + "]}";
  }

  private static byte[] file(String schema, Map<String, Object> values) {
    org.apache.avro.Schema parsed = new org.apache.avro.Schema.Parser().parse(schema);
    GenericRecordBuilder record = new GenericRecordBuilder(parsed);
    values.forEach(record::set);
    List<GenericRecord> records = List.of(record.build());
    return Orders.file(records, parsed, CodecFactory.nullCodec(), 1000);
  }

  private static byte[] old(String kind) {
    org.apache.avro.Schema type =
        new org.apache.avro.Schema.Parser().parse(OLD).getField("kind").schema();
    Object symbol = new org.apache.avro.generic.GenericData.EnumSymbol(type, kind);
    return file(OLD, Map.of("id", 7, "nick", "zoë", "kind", symbol));
  }

  private static Read by(String schema, byte[] file) {
    AvroConfig config = AvroFileTest.by(schema);
    return Read.all(config, config.format().traits().ownSchema().orElseThrow(), file);
  }

  private static Read declared(Schema schema, byte[] file) {
    return Read.all(AvroFileTest.config(Codec.NONE), schema, file);
  }

  @Test
  void fieldsAreFoundByTheirAliasesAndOthersHaveTheirDefaults() {
    String wanted =
        record(
            "{\"name\":\"id\",\"type\":\"double\"},"
                + "{\"name\":\"name\",\"aliases\":[\"nick\"],\"type\":\"string\"},"
                + "{\"name\":\"more\",\"type\":{\"type\":\"array\",\"items\":\"long\"},\"default\":[1,2]},"
                + "{\"name\":\"note\",\"type\":[\"null\",\"string\"],\"default\":null}");

    Read read = by(wanted, old("A"));

    assertEquals(List.of(), read.bad());
    assertEquals(
        List.of("{\"id\":7.0,\"name\":\"zoë\",\"more\":[1,2],\"note\":null}"), read.rows());
  }

  @Test
  void aSymbolThatIsNotKnownIsTheDefaultOfTheSchema() {
    String kind = "{\"type\":\"enum\",\"name\":\"K\",\"symbols\":[\"A\",\"OTHER\"]%s}";
    String withDefault =
        record("{\"name\":\"kind\",\"type\":" + kind.formatted(",\"default\":\"OTHER\"") + "}");
    String without = record("{\"name\":\"kind\",\"type\":" + kind.formatted("") + "}");

    assertEquals(List.of("{\"kind\":\"A\"}"), by(withDefault, old("A")).rows());
    assertEquals(List.of("{\"kind\":\"OTHER\"}"), by(withDefault, old("C")).rows());
    String wrong = by(without, old("C")).bad().get(0);
    assertTrue(
        wrong.startsWith(
            "D104 line 1: the schema of the pipeline cannot read that of the record:"
                + " `/fields/0/type/symbols`: "),
        wrong);
  }

  @Test
  void aSchemaThatCannotReadTheFileNamesTheField() {
    String wrong =
        by(
                record(
                    "{\"name\":\"nick\",\"type\":\"long\"},{\"name\":\"gone\",\"type\":\"int\"}"),
                old("A"))
            .bad()
            .get(0);

    assertTrue(wrong.contains("`/fields/0/type`"), wrong);
    assertTrue(wrong.contains("gone"), wrong);
  }

  @Test
  void theOrderOfABranchDoesNotMatter() {
    byte[] file =
        file(record("{\"name\":\"u\",\"type\":[\"string\",\"null\",\"int\"]}"), Map.of("u", 5));

    assertEquals(
        List.of("{\"u\":5}"),
        by(record("{\"name\":\"u\",\"type\":[\"int\",\"null\",\"string\"]}"), file).rows());
    assertEquals(
        List.of("{\"u\":5}"), declared(Schema.of(Field.optional("u", DataType.INT)), file).rows());
    byte[] text =
        file(record("{\"name\":\"u\",\"type\":[\"string\",\"null\",\"int\"]}"), Map.of("u", "x"));
    assertEquals(
        List.of("D104 line 1: `u` must be a value of type int, not Avro's string"),
        declared(Schema.of(Field.optional("u", DataType.INT)), text).bad());
  }

  @Test
  void declaredFieldsAreFoundMissingAndOfAnotherKind() {
    assertEquals(
        List.of("D103 line 1: `gone` is missing"),
        declared(Schema.of(Field.of("gone", DataType.INT)), old("A")).bad());
    assertEquals(
        List.of("{\"gone\":null,\"kind\":\"B\"}"),
        declared(
                Schema.of(Field.optional("gone", DataType.INT), Field.of("kind", DataType.STRING)),
                old("B"))
            .rows());
    byte[] none =
        file(record("{\"name\":\"u\",\"type\":[\"null\",\"int\"],\"default\":null}"), Map.of());
    assertEquals(
        List.of("D104 line 1: `u` must be a value of type int, not null"),
        declared(Schema.of(Field.of("u", DataType.INT)), none).bad());
  }

  @Test
  void unknownFieldsAreDroppedKeptOrRefused() {
    Schema id = Schema.of(Field.of("id", DataType.INT));
    Format format = AvroFileTest.config(Codec.NONE).format();
    Format.Decoding fail =
        new Format.Decoding(
            id, Set.of(), true, Format.UnknownFields.FAIL, TextTypes.standard(), 1 << 20);
    Format.Decoding keep =
        new Format.Decoding(
            new Schema(id.fields(), true),
            Set.of(),
            true,
            Format.UnknownFields.KEEP,
            TextTypes.standard(),
            1 << 20);

    assertEquals(List.of("{\"id\":7}"), declared(id, old("A")).rows());
    assertEquals(
        List.of("D105 line 1: `nick` is not in the schema"),
        Read.blocks(format, fail, old("A"), 9999, 9).bad());
    assertEquals(
        List.of("{\"id\":7,\"nick\":\"zoë\",\"kind\":\"A\"}"),
        Read.blocks(format, keep, old("A"), 9999, 9).rows());
  }

  @Test
  void numbersAndTextsAreTimesWhereTheSchemaSaysSo() {
    byte[] file =
        file(
            record("{\"name\":\"t\",\"type\":\"long\"},{\"name\":\"d\",\"type\":\"string\"}"),
            Map.of("t", 1_700_000_000_000L, "d", "2026-01-31"));
    Schema schema = Schema.of(Field.of("t", DataType.TIMESTAMP), Field.of("d", DataType.DATE));
    Format.Decoding decoding =
        new Format.Decoding(
            schema,
            Set.of(),
            true,
            Format.UnknownFields.DROP,
            new TextTypes(Map.of(FieldPath.of("t"), TextTypes.Epoch.EPOCH_MS)),
            1 << 20);

    Read read = Read.blocks(AvroFileTest.config(Codec.NONE).format(), decoding, file, 9999, 9);

    assertEquals(List.of("{\"t\":\"2023-11-14T22:13:20Z\",\"d\":\"2026-01-31\"}"), read.rows());
    assertEquals(
        List.of("D104 line 1: `t` must be a value of type timestamp, not Avro's long"),
        declared(Schema.of(Field.of("t", DataType.TIMESTAMP)), file).bad());
  }

  @Test
  void whatASchemaCannotHoldIsRejectedByRow() throws Exception {
    Schema rows = Schema.of(Field.of("n", DataType.INT), Field.of("k", DataType.STRING));
    AvroConfig config =
        AvroFileTest.by(
            record(
                "{\"name\":\"n\",\"type\":\"int\"},{\"name\":\"k\",\"type\":{\"type\":\"enum\",\"name\":\"K\",\"symbols\":[\"A\"]}}"));
    byte[] texts = "AAB".getBytes(StandardCharsets.UTF_8);
    Batch batch =
        Batch.of(
            rows,
            3,
            new Column[] {
              new Column.Longs(3, new long[] {1, 1L << 31, 3}, null),
              new Column.Bytes(3, texts, new int[] {0, 1, 2}, new int[] {1, 2, 3}, null)
            },
            Provenance.none("test"));
    Encoder encoder = config.format().encoder(rows);
    java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();

    encoder.open(bytes::write);
    List<Rejects.Reject> rejects = encoder.write(batch, bytes::write).rows();
    encoder.close(bytes::write);

    List<String> told = new ArrayList<>();
    rejects.forEach(r -> told.add(r.row() + " " + r.code() + " " + r.message()));
    assertEquals(
        List.of(
            "1 D301 `n` is `2147483648`, which has more than the 32 bits of Avro's int",
            "2 D301 `k` is `B`, which is no symbol of `K`"),
        told);
    assertEquals(
        List.of("{\"n\":1,\"k\":\"A\"}"),
        by(config.schema().orElseThrow(), bytes.toByteArray()).rows());
  }

  @Test
  void rowsThatASchemaCannotHoldAtAllStopTheRun() {
    Schema rows = Schema.of(Field.of("n", DataType.STRING));
    assertEquals(
        "the rows cannot be written: `n` is of type string, and the schema has int",
        refused(AvroFileTest.by(record("{\"name\":\"n\",\"type\":\"int\"}")), rows));
    assertEquals(
        "the rows cannot be written: they have no `m`, which the schema wants",
        refused(
            AvroFileTest.by(
                record("{\"name\":\"n\",\"type\":\"string\"},{\"name\":\"m\",\"type\":\"int\"}")),
            rows));
    assertEquals(
        "the rows cannot be written: the schema has no `n`",
        refused(AvroFileTest.by(record("")), rows));
    Schema nested =
        Schema.of(
            Field.of(
                "a",
                new DataType.ListOf(
                    ValueType.required(
                        new DataType.RecordOf(Schema.of(Field.of("b-c", DataType.INT)))))));
    assertEquals(
        "the rows cannot be written: `a.b-c` is no name that Avro has: letters without marks,"
            + " digits and `_`",
        refused(AvroFileTest.config(Codec.NONE), nested));
    assertEquals(
        "the rows cannot be written: their fields are not known",
        refused(AvroFileTest.config(Codec.NONE), Schema.anything()));
  }

  private static String refused(AvroConfig config, Schema rows) {
    return assertThrows(PipelineException.class, () -> config.format().encoder(rows))
        .problem()
        .message();
  }

  @Test
  void aRecordByItselfIsReadByTheSchemaGiven() {
    AvroConfig single =
        new AvroConfig(
            AvroConfig.Layout.SINGLE,
            Optional.of(record("{\"name\":\"n\",\"type\":\"long\"}")),
            Optional.empty(),
            Codec.NONE);
    Schema rows = single.format().traits().ownSchema().orElseThrow();

    assertEquals(List.of("{\"n\":-3}"), Read.all(single, rows, new byte[] {5}).rows());
    assertEquals(
        List.of("D101 line 1: a number is cut off, at byte 0 of the record"),
        Read.all(single, rows, new byte[0]).bad());
    assertEquals(
        List.of("D101 line 1: behind the record are 1 bytes more"),
        Read.all(single, rows, new byte[] {5, 5}).bad());
    assertEquals(
        List.of((byte) 5),
        List.of(
            Read.written(single.format(), rows, Read.all(single, rows, new byte[] {5}).batches())[
                0]));
  }
}
