package io.penstock.connectors.avro;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.penstock.api.data.Schema;
import io.penstock.api.format.Encoder;
import io.penstock.api.format.Format;
import io.penstock.api.problem.PipelineException;
import io.penstock.connectors.registry.Registry;
import io.penstock.connectors.registry.RegistryServer;
import io.penstock.json.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Records whose schema a registry has, asked over loopback. */
final class RegistryTest {
  private static final String ITEM =
      "{\"type\":\"record\",\"name\":\"Item\",\"fields\":[{\"name\":\"sku\",\"type\":\"string\"}]}";
  private static final String ORDER =
      "{\"type\":\"record\",\"name\":\"Order\",\"fields\":[{\"name\":\"id\",\"type\":\"int\"},{\"name\":\"item\",\"type\":\"Item\"}]}";
  private static final Json REFERENCE =
      Json.parse("{\"name\":\"Item\",\"subject\":\"the item\",\"version\":1}");

  private RegistryServer server;

  @BeforeEach
  void starts() throws IOException {
    server = new RegistryServer();
  }

  @AfterEach
  void stops() {
    server.close();
  }

  private AvroConfig config(String password, Optional<String> schema, Registry.OnWrite onWrite) {
    return new AvroConfig(
        AvroConfig.Layout.SINGLE,
        schema,
        Optional.of(server.options(password, Optional.of("orders-value"), onWrite)),
        Codec.NONE);
  }

  private AvroConfig config(String password) {
    return config(password, Optional.empty(), Registry.OnWrite.REGISTER);
  }

  private Read read(byte... bytes) {
    return Read.all(config("secret"), Schema.anything(), bytes);
  }

  private static List<byte[]> each(Format format, Read rows) throws IOException {
    List<byte[]> records = new ArrayList<>();
    Encoder encoder = format.encoder(rows.batches().get(0).schema());
    var rejects =
        encoder.each(
            rows.batches().get(0),
            (row, bytes, offset, length) ->
                records.add(java.util.Arrays.copyOfRange(bytes, offset, offset + length)));
    assertEquals(List.of(), rejects.rows());
    return records;
  }

  private static Read orders(String... lines) {
    return Read.lines(
        Schema.of(
            new io.penstock.api.data.Field(
                "id", io.penstock.api.data.ValueType.required(io.penstock.api.data.DataType.INT))),
        lines);
  }

  @Test
  void theSchemaOfTheNumberIsAskedForOnceWithWhatItRefersTo() {
    server.keep("the item", "AVRO", ITEM, List.of());
    byte number = (byte) server.keep("orders-value", "AVRO", ORDER, List.of(REFERENCE)).id();

    Read read =
        read((byte) 0, (byte) 0, (byte) 0, (byte) 0, number, (byte) 84, (byte) 2, (byte) 'x');

    assertEquals(List.of(), read.bad());
    assertEquals(List.of("{\"id\":42,\"item\":{\"sku\":\"x\"}}"), read.rows());
    assertEquals(
        List.of("GET /schemas/ids/2", "GET /subjects/the%20item/versions/1"), server.asked());
  }

  @Test
  void recordsWithoutASchemaThereAreBad() {
    server.keep("other", "PROTOBUF", "message M {}", List.of());

    assertEquals(
        List.of("D130 line 1: the registry has no schema 9"),
        read((byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte) 9).bad());
    assertEquals(
        List.of("D131 line 1: the schema 1 of the registry is PROTOBUF, not Avro"),
        read((byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte) 1).bad());
    assertEquals(
        List.of(
            "D101 line 1: the record does not begin with a zero and the number of its schema in the"
                + " registry"),
        read((byte) 1, (byte) 0, (byte) 0, (byte) 0, (byte) 7, (byte) 2).bad());
  }

  @Test
  void aRegistryThatRefusesWhoAsksStopsTheRun() {
    byte[] seven = {0, 0, 0, 0, 7};

    assertEquals(
        "R225 the schema registry at `" + server.url() + "` refuses who asks",
        stopped(() -> Read.all(config("wrong"), Schema.anything(), seven)));
  }

  @Test
  void rowsAreWrittenBehindTheNumberOfTheirSchema() throws IOException {
    Format format = config("secret").written(Optional.of("ignored"));

    List<byte[]> records = each(format, orders("{\"id\":1}", "{\"id\":-2}"));

    assertEquals(List.of("POST /subjects/orders-value/versions"), server.asked());
    assertArrayEquals(new byte[] {0, 0, 0, 0, 1, 2}, records.get(0));
    assertArrayEquals(new byte[] {0, 0, 0, 0, 1, 3}, records.get(1));
    assertEquals(List.of("{\"id\":-2}"), read(records.get(1)).rows());
  }

  @Test
  void aFileOfOneRowHasTheNumberToo() {
    Read rows = orders("{\"id\":1}");

    byte[] file =
        Read.written(
            config("secret").written(Optional.empty()),
            rows.batches().get(0).schema(),
            rows.batches());

    assertArrayEquals(new byte[] {0, 0, 0, 0, 1, 2}, file);
  }

  @Test
  void rowsOfTheNewestSchemaHaveItsDefaults() throws IOException {
    server.keep("orders-value", "AVRO", ITEM, List.of());
    server.keep(
        "orders-value",
        "AVRO",
        "{\"type\":\"record\",\"name\":\"O\",\"fields\":[{\"name\":\"n\",\"type\":\"int\","
            + "\"default\":7},{\"name\":\"id\",\"type\":[\"null\",\"long\"]}]}",
        List.of());
    Format format =
        config("secret", Optional.empty(), Registry.OnWrite.LATEST).written(Optional.empty());

    assertArrayEquals(
        new byte[] {0, 0, 0, 0, 2, 14, 2, 2}, each(format, orders("{\"id\":1}")).get(0));
  }

  @Test
  void rowsThatTheNewestSchemaCannotHoldStopTheRun() {
    server.keep("orders-value", "AVRO", ITEM, List.of());
    Format format =
        config("secret", Optional.empty(), Registry.OnWrite.LATEST).written(Optional.empty());

    assertEquals(
        "R306 the rows cannot be written: they have no `sku`, which the schema wants",
        stopped(() -> each(format, orders("{\"id\":1}"))));
  }

  @Test
  void aRunWithoutRowsLeavesNothingInTheRegistry() {
    byte[] file =
        Read.written(
            config("secret").written(Optional.empty()),
            orders("{\"id\":1}").batches().get(0).schema(),
            List.of());

    assertEquals(0, file.length);
    assertEquals(List.of(), server.asked());
  }

  private static String stopped(org.junit.jupiter.api.function.Executable run) {
    var problem = assertThrows(PipelineException.class, run).problem();
    return problem.code() + " " + problem.message();
  }
}
