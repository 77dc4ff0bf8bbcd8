package io.penstock.connectors.protobuf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import io.penstock.api.data.ValueType;
import io.penstock.api.format.Encoder;
import io.penstock.api.format.Format;
import io.penstock.api.option.NamedFile;
import io.penstock.api.problem.PipelineException;
import io.penstock.connectors.registry.Registry;
import io.penstock.connectors.registry.RegistryServer;
import io.penstock.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Messages whose schema a registry has, asked over loopback. */
final class RegistryTest {
  private static final String SOURCE =
      """
      syntax = "proto3";
      package s;
      message Before { map<string, int32> m = 1; message In { string a = 1; } }
      message M { string a = 1; int64 b = 2; }
      """;

  private RegistryServer server;

  @BeforeEach
  void starts() throws IOException {
    server = new RegistryServer();
  }

  @AfterEach
  void ends() {
    server.close();
  }

  private ProtobufConfig config(
      Optional<NamedFile> descriptors, Optional<String> message, Registry.OnWrite onWrite) {
    return new ProtobufConfig(
        ProtobufConfig.Layout.SINGLE,
        descriptors,
        message,
        Optional.of(server.options("secret", Optional.of("s-value"), onWrite)));
  }

  private Read read(Optional<String> message, byte[] record) {
    return Read.all(
        config(Optional.empty(), message, Registry.OnWrite.REGISTER), Schema.anything(), record);
  }

  private static byte[] record(int number, String path, String message) {
    return HexFormat.of().parseHex("%02x%08x".formatted(0, number) + path + message);
  }

  private static Schema schema(String name, DataType type) {
    return Schema.of(new Field(name, ValueType.required(type)));
  }

  private static List<byte[]> each(Format format, Read rows) throws IOException {
    List<byte[]> records = new ArrayList<>();
    Encoder encoder = format.encoder(rows.batches().get(0).schema());
    var unused =
        encoder.each(
            rows.batches().get(0),
            (row, bytes, offset, length) ->
                records.add(Arrays.copyOfRange(bytes, offset, offset + length)));
    return records;
  }

  @Test
  void aMessageIsFoundByItsNumberAndItsPlaceInTheSource() {
    int id = server.keep("x", "PROTOBUF", SOURCE, List.of()).id();

    assertEquals(
        List.of("{\"a\":\"x\",\"b\":2}"),
        read(Optional.of("s.M"), record(id, "0202", "0a01781002")).rows());
    assertEquals(
        List.of("{\"a\":\"y\"}"), read(Optional.empty(), record(id, "040000", "0a0179")).rows());
    assertEquals(
        List.of("{\"m\":{\"k\":5}}"),
        read(Optional.empty(), record(id, "00", "0a050a016b1005")).rows());
    assertEquals("GET /schemas/ids/1?format=serialized", server.asked().get(0));
  }

  @Test
  void aSerialisedSchemaIsReadWithWhatItRefersTo() {
    String shop = base64("shop.proto");
    Json reference = Json.parse("{\"name\":\"old.proto\",\"subject\":\"old\",\"version\":1}");
    server.keep("old", "PROTOBUF", base64("old.proto"), List.of());
    int id = server.keep("shop", "PROTOBUF", shop, List.of(reference)).id();

    Read read = read(Optional.of("shop.Transfer"), record(id, "0202", "0a0178"));

    assertEquals(List.of("{\"account\":\"x\",\"cents\":0}"), read.rows());
    assertEquals(
        List.of(
            "GET /schemas/ids/2?format=serialized",
            "GET /subjects/old/versions/1?format=serialized"),
        server.asked());
  }

  private static String base64(String name) {
    return Base64.getEncoder().encodeToString(file(name).toByteArray());
  }

  private static FileDescriptorProto file(String name) {
    try {
      return com.google.protobuf.DescriptorProtos.FileDescriptorSet.parseFrom(
              Shop.resource("shop.desc"))
          .getFileList()
          .stream()
          .filter(f -> f.getName().equals(name))
          .findFirst()
          .orElseThrow();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void importsThatNobodyHasAreOfNoMatterUntilOneIsNeeded() {
    String head = "syntax = \"proto3\"; import \"far/away.proto\"; message M { ";
    int one = server.keep("a", "PROTOBUF", head + "int32 a = 1 [(far.x) = 1]; }", List.of()).id();
    int two = server.keep("b", "PROTOBUF", head + "far.Away a = 1; }", List.of()).id();

    assertEquals(List.of("{\"a\":3}"), read(Optional.empty(), record(one, "00", "0803")).rows());
    assertEquals(
        List.of(
            "D101 line 1: the registry's schema cannot be read: M.a: \"far.Away\" is not defined."),
        read(Optional.empty(), record(two, "00", "")).bad());
  }

  @Test
  void recordsThatAreNoneAreBad() {
    int id = server.keep("x", "PROTOBUF", SOURCE, List.of()).id();
    server.keep("y", "AVRO", "\"string\"", List.of());

    assertEquals(
        List.of("D130 line 1: the registry has no schema 9"),
        read(Optional.empty(), record(9, "00", "")).bad());
    assertEquals(
        List.of("D131 line 1: the schema 2 of the registry is AVRO, not Protobuf"),
        read(Optional.empty(), record(2, "00", "")).bad());
    assertEquals(
        List.of("D101 line 1: the schema 1 of the registry has no message at [2]"),
        read(Optional.empty(), record(id, "0204", "")).bad());
    assertEquals(
        List.of("D132 line 1: the message is `s.Before`, and `message` says `s.M`"),
        read(Optional.of("s.M"), record(id, "00", "")).bad());
    for (String path : List.of("", "02", "01", "ffffffffff")) {
      assertEquals(
          List.of(
              "D101 line 1: behind the number of the schema does not stand which of its messages"
                  + " follows"),
          read(Optional.empty(), record(id, path, "")).bad());
    }
  }

  @Test
  void rowsAreWrittenBehindTheNumberAndThePlaceOfTheirMessage() throws IOException {
    Read rows =
        Read.lines(schema("account", DataType.STRING), "{\"account\":\"x\"}", "{\"account\":\"\"}");
    Format format =
        config(Optional.of(Shop.FILE), Optional.of("shop.Transfer"), Registry.OnWrite.REGISTER)
            .written(Optional.empty());

    List<byte[]> records = each(format, rows);

    assertEquals(List.of("POST /subjects/s-value/versions"), server.asked());
    assertArrayEquals(record(1, "0202", "0a0178"), records.get(0));
    assertArrayEquals(record(1, "0202", ""), records.get(1));
    assertEquals(
        List.of("{\"account\":\"x\",\"cents\":0}"), read(Optional.empty(), records.get(0)).rows());
  }

  @Test
  void whatAFileImportsIsRegisteredBeforeIt() throws IOException {
    FileDescriptorProto far =
        ProtoSource.read("syntax='proto3'; package f; message F { int32 n = 1; }");
    FileDescriptorProto near =
        ProtoSource.read(
            "syntax='proto3'; import 'f.proto'; message N { f.F f = 1; int32 i = 2; }");
    ByteArrayOutputStream set = new ByteArrayOutputStream();
    com.google.protobuf.DescriptorProtos.FileDescriptorSet.newBuilder()
        .addFile(far.toBuilder().setName("f.proto"))
        .addFile(near.toBuilder().setName("n.proto"))
        .build()
        .writeTo(set);
    Format format =
        config(
                Optional.of(new NamedFile("n.desc", set.toByteArray())),
                Optional.of("N"),
                Registry.OnWrite.REGISTER)
            .written(Optional.empty());

    List<byte[]> records = each(format, Read.lines(schema("i", DataType.INT), "{\"i\":7}"));

    assertEquals(
        List.of(
            "POST /subjects/f.proto/versions",
            "POST /subjects/f.proto",
            "POST /subjects/s-value/versions"),
        server.asked());
    assertArrayEquals(record(2, "00", "1007"), records.get(0));
    assertEquals(List.of("{\"i\":7}"), read(Optional.empty(), records.get(0)).rows());
  }

  @Test
  void rowsOfTheNewestSchemaAreItsMessage() throws IOException {
    server.keep("s-value", "PROTOBUF", SOURCE, List.of());
    Read rows = Read.lines(schema("b", DataType.INT), "{\"b\":2}");

    Format named =
        config(Optional.empty(), Optional.of("s.M"), Registry.OnWrite.LATEST)
            .written(Optional.empty());
    Format other =
        config(Optional.empty(), Optional.of("s.X"), Registry.OnWrite.LATEST)
            .written(Optional.empty());

    assertArrayEquals(record(1, "0202", "1002"), each(named, rows).get(0));
    var problem = assertThrows(PipelineException.class, () -> each(other, rows)).problem();
    assertEquals(
        "R306 the rows cannot be written as this message: the registry's newest schema has no"
            + " message `s.X`",
        problem.code() + " " + problem.message());
  }

  @Test
  void placesOfMessagesAreWrittenAsTheyAreRead() {
    List<Descriptor> all = new ArrayList<>(MessageTypes.of(Shop.type("shop.Order").getFile()));
    for (Descriptor type : all) {
      byte[] bytes = MessagePath.of(type);
      MessagePath path = MessagePath.read(bytes, 0, bytes.length);

      assertEquals(bytes.length, path.length());
      assertEquals(Optional.of(type), path.in(type.getFile()));
    }
    assertEquals("[0]", Arrays.toString(MessagePath.of(all.get(0))));
    assertEquals(3, all.size());
    byte[] wide = {2, (byte) 0x80, 2};
    assertEquals(List.of(128), MessagePath.read(wide, 0, 3).places());
  }
}
