package io.penstock.connectors.kafka.trial;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import io.penstock.connectors.kafka.trial.Program.Outcome;
import io.penstock.json.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records of a broker whose schemas a real registry has. */
final class KafkaRegistryTest {
  @TempDir static Path data;
  private static Broker broker;
  private static SchemaRegistry registry;

  @TempDir Path folder;

  @BeforeAll
  static void starts() throws IOException, InterruptedException {
    broker = Broker.in(data);
    registry = SchemaRegistry.in(data);
  }

  @AfterAll
  static void ends() throws InterruptedException {
    broker.close();
    registry.close();
  }

  private static String format(String name, String more, String ofRegistry) {
    return "{ %s: { %sregistry: { url: \"%s\"%s } } }"
        .formatted(name, more, registry.url(), ofRegistry);
  }

  /** Writes two rows, with the numbers 0 and 1, to a topic. */
  private Outcome written(String topic, String format, String number) throws Exception {
    return writing(topic, format, number).run();
  }

  private Program writing(String topic, String format, String number) throws IOException {
    Program program = new Program(folder);
    program.write(
        """
        sources:
          rows: { generator: { count: 2, fields: { %s: n, name: "'n' + n" } } }
        sinks:
          out: { kafka: { brokers: "%s", topic: %s, timeout: 5s, format: %s } }
        """
            .formatted(number, broker.address(), topic, format));
    return program;
  }

  /** Reads what a topic has, as lines of JSON. */
  private List<String> read(String topic, String format) throws Exception {
    Program program = new Program(folder);
    program.write(
        """
        sources:
          in:
            kafka: { brokers: "%s", topic: %s, timeout: 5s, format: %s }
            schema: { id: int, name: string }
        sinks:
          out: { file: { path: out/, format: json } }
        """
            .formatted(broker.address(), topic, format));
    Outcome outcome = program.run("--mode", "micro_batch", "--state", "state");
    assertEquals(0, outcome.code(), outcome::text);
    return program.lines("out");
  }

  private static byte[] value(List<ConsumerRecord<byte[], byte[]>> records, int index) {
    return records.get(index).value();
  }

  /** The number before a record, and that the registry has a schema of this kind under it. */
  private static int number(byte[] value, String kind, String within)
      throws IOException, InterruptedException {
    assertEquals(0, value[0]);
    int number = ByteBuffer.wrap(value, 1, 4).getInt();
    Json answer = Json.parse(registry.ask("GET", "/schemas/ids/" + number, "").body());
    assertEquals(
        kind, answer.member("schemaType").flatMap(Json::asText).orElse("AVRO"), answer::toText);
    String schema = answer.member("schema").flatMap(Json::asText).orElseThrow();
    assertTrue(schema.contains(within), schema);
    return number;
  }

  private static byte[] behind(int number, String hex) {
    return HexFormat.of().parseHex("00%08x".formatted(number) + hex);
  }

  private static int registered(String subject, String kind, String schema)
      throws IOException, InterruptedException {
    String body =
        "{\"schemaType\":\"%s\",\"schema\":%s}".formatted(kind, Json.ofText(schema).toText());
    String answer = registry.ask("POST", "/subjects/" + subject + "/versions", body).body();
    return (int) Json.parse(answer).member("id").orElseThrow().asLong().orElseThrow();
  }

  private static void sent(Topic topic, String name, byte[] value) {
    topic.send(List.of(new ProducerRecord<>(name, 0, null, value)));
  }

  @Test
  void rowsOfAvroGoThroughARealRegistry() throws Exception {
    Topic topic = Topic.make(broker, "avro", 1);
    String format = format("avro", "layout: single, ", "");

    Outcome outcome = written("avro", format, "id");

    assertEquals(0, outcome.code(), outcome::text);
    int number = number(value(topic.records(), 0), "AVRO", "\"name\":\"id\"");
    assertArrayEquals(behind(number, "00046e30"), value(topic.records(), 0));
    assertArrayEquals(behind(number, "02046e31"), value(topic.records(), 1));
    int other =
        registered(
            "avro-value",
            "AVRO",
            Json.parse(registry.ask("GET", "/schemas/ids/" + number, "").body())
                .member("schema")
                .flatMap(Json::asText)
                .orElseThrow()
                .replace(
                    "\"fields\":[",
                    "\"fields\":[{\"name\":\"more\",\"type\":\"int\",\"default\":0},"));
    sent(topic, "avro", behind(other, "0e0402" + "78"));
    assertEquals(
        List.of(
            "{\"id\":0,\"name\":\"n0\"}",
            "{\"id\":1,\"name\":\"n1\"}",
            "{\"id\":2,\"name\":\"x\"}"),
        read("avro", format));
  }

  @Test
  void rowsOfJsonGoThroughARealRegistry() throws Exception {
    Topic topic = Topic.make(broker, "json", 1);
    String format = format("json", "", "");

    Outcome outcome = written("json", format, "id");
    Outcome looked = looked(writing("json", format, "id"));

    assertEquals(0, outcome.code(), outcome::text);
    assertEquals(0, looked.code(), looked::text);
    int number = number(value(topic.records(), 0), "JSON", "\"additionalProperties\":false");
    byte[] first = "{\"id\":0,\"name\":\"n0\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    assertArrayEquals(behind(number, HexFormat.of().formatHex(first)), value(topic.records(), 0));
    assertEquals(
        List.of("{\"id\":0,\"name\":\"n0\"}", "{\"id\":1,\"name\":\"n1\"}"), read("json", format));
  }

  @Test
  void rowsOfProtobufGoThroughARealRegistry() throws Exception {
    Topic topic = Topic.make(broker, "protobuf", 1);
    descriptors();
    String format = format("protobuf", "descriptors: n.desc, message: t.Second, ", "");

    Outcome outcome = written("protobuf", format, "id");
    Outcome looked = looked(writing("protobuf", format, "id"));

    assertEquals(0, outcome.code(), outcome::text);
    assertEquals(0, looked.code(), looked::text);
    int number = number(value(topic.records(), 0), "PROTOBUF", "");
    // The second message of the file; a number that is 0 is not written.
    assertArrayEquals(behind(number, "0202" + "12026e30"), value(topic.records(), 0));
    assertArrayEquals(behind(number, "0202" + "080112026e31"), value(topic.records(), 1));
    assertEquals(
        List.of("{\"id\":0,\"name\":\"n0\"}", "{\"id\":1,\"name\":\"n1\"}"),
        read("protobuf", format("protobuf", "", "")));
  }

  private static Outcome looked(Program program) throws Exception {
    return program.ended(program.command("validate", "pipeline.yaml", "--connect"));
  }

  private void descriptors() throws IOException {
    FileDescriptorProto.Builder file =
        FileDescriptorProto.newBuilder().setName("n.proto").setPackage("t").setSyntax("proto3");
    for (String name : List.of("First", "Second")) {
      file.addMessageType(
          DescriptorProto.newBuilder()
              .setName(name)
              .addField(field("id", 1, Type.TYPE_INT64))
              .addField(field("name", 2, Type.TYPE_STRING)));
    }
    Files.write(
        folder.resolve("n.desc"),
        FileDescriptorSet.newBuilder().addFile(file).build().toByteArray());
  }

  private static FieldDescriptorProto.Builder field(String name, int number, Type type) {
    return FieldDescriptorProto.newBuilder()
        .setName(name)
        .setNumber(number)
        .setType(type)
        .setLabel(Label.LABEL_OPTIONAL);
  }

  @Test
  void aSourceOfProtobufThatSomebodyElseHasRegisteredIsRead() throws Exception {
    Topic topic = Topic.make(broker, "source", 1);
    int number =
        registered(
            "source-value",
            "PROTOBUF",
            """
            syntax = "proto3"; package t;
            import "google/protobuf/timestamp.proto";
            message Row { string name = 7; optional int64 id = 1; google.protobuf.Timestamp at = 2; }
            """);
    sent(topic, "source", behind(number, "00" + "0805" + "3a0178"));

    assertEquals(List.of("{\"id\":5,\"name\":\"x\"}"), read("source", format("protobuf", "", "")));

    Outcome outcome = written("source", format("protobuf", "", ", on_write: latest"), "id");

    assertEquals(0, outcome.code(), outcome::text);
    assertArrayEquals(behind(number, "00" + "0801" + "3a026e31"), value(topic.records(), 2));
  }

  @Test
  void rowsThatOldReadersCannotReadAreRefusedInTheRegistrysWords() throws Exception {
    Topic topic = Topic.make(broker, "strict", 1);
    String format = format("avro", "layout: single, ", "");
    Outcome first = written("strict", format, "id");
    var unused = registry.ask("PUT", "/config/strict-value", "{\"compatibility\":\"FULL\"}");

    Outcome same = looked(writing("strict", format, "id"));
    Outcome looked = looked(writing("strict", format, "number"));
    Outcome second = written("strict", format, "number");
    Outcome third = written("strict", format("json", "", ", on_write: find"), "id");

    assertEquals(0, first.code(), first::text);
    assertEquals(0, same.code(), same::text);
    assertEquals(2, looked.code(), looked::text);
    assertTrue(looked.text().contains("R306"), looked::text);
    assertEquals(7, second.code(), second::text);
    assertTrue(
        second.text().contains("R306  the schema registry at `" + registry.url()), second::text);
    assertTrue(second.text().contains("Incompatible"), second::text);
    assertEquals(7, third.code(), third::text);
    assertTrue(third.text().contains("R327"), third::text);
    assertEquals(2, topic.records().size());
  }
}
