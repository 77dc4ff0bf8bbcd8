package io.penstock.connectors.avro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.data.Schema;
import io.penstock.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What we write and Avro's own command line reads, and the other way round. */
final class AvroToolsTest {
  private static final List<GenericRecord> ORDERS = Orders.random(200, 11);
  private static final int SECONDS = 60;

  @TempDir Path folder;
  private Schema schema;
  private Read orders;

  @BeforeEach
  void reads() {
    Schema own = AvroFileTest.by(Orders.SCHEMA).format().traits().ownSchema().orElseThrow();
    // A value of any kind is written as a text, which is another row than the one before.
    schema = Schema.of(own.fields().stream().filter(f -> !f.name().equals("any")).toList());
    byte[] file = Orders.file(ORDERS, Orders.schema(), CodecFactory.nullCodec(), 1000);
    orders = Read.all(AvroFileTest.by(Orders.SCHEMA), schema, file);
    assertEquals(ORDERS.size(), orders.rows().size());
  }

  /** What a tool says to its standard output. */
  private byte[] tool(String... words) throws IOException, InterruptedException {
    Path jar = Path.of("target/tools/avro-tools.jar").toAbsolutePath();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-Dfile.encoding=UTF-8", "-jar", jar.toString()));
    command.addAll(List.of(words));
    Path out = folder.resolve("out");
    Path log = folder.resolve("log");
    Process tool =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(log.toFile())
            .start();
    boolean ended = tool.waitFor(SECONDS, TimeUnit.SECONDS);
    if (!ended) {
      tool.destroyForcibly();
    }
    assertTrue(ended && tool.exitValue() == 0, () -> read(log));
    return Files.readAllBytes(out);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private void writes(Codec codec, String file) throws IOException {
    byte[] bytes = Read.written(AvroFileTest.config(codec).format(), schema, orders.batches());
    Files.write(folder.resolve(file), bytes);
  }

  private List<String> rows(byte[] file) {
    Read read = Read.all(AvroFileTest.config(Codec.NONE), schema, file);
    assertEquals(List.of(), read.bad());
    return read.rows();
  }

  @ParameterizedTest
  @EnumSource(Codec.class)
  void rowsGoToTheToolsAndComeBack(Codec codec) throws Exception {
    writes(codec, "ours.avro");

    byte[] json = tool("tojson", "ours.avro");
    Files.write(folder.resolve("all.json"), json);
    Files.write(folder.resolve("all.avsc"), tool("getschema", "ours.avro"));
    byte[] theirs =
        tool("fromjson", "--codec", codec.avroName(), "--schema-file", "all.avsc", "all.json");

    List<String> lines = new String(json, StandardCharsets.UTF_8).lines().toList();
    assertEquals(ORDERS.size(), lines.size());
    for (int i = 0; i < lines.size(); i++) {
      Json told = Json.parse(lines.get(i));
      Json row = Json.parse(orders.rows().get(i));
      assertEquals(row.member("id"), told.member("id"));
      assertEquals(row.member("customer"), told.member("customer"));
      assertEquals(row.member("paid"), told.member("paid"));
      assertEquals(
          row.member("rate").filter(rate -> !rate.isNull()),
          told.member("rate").flatMap(rate -> rate.member("double")));
    }
    assertEquals(orders.rows(), rows(theirs));
  }

  @ParameterizedTest
  @EnumSource(Codec.class)
  void whatTheToolsPackAnewIsReadTheSame(Codec codec) throws Exception {
    writes(codec == Codec.NONE ? Codec.ZSTD : Codec.NONE, "ours.avro");

    byte[] unused = tool("recodec", "--codec", codec.avroName(), "ours.avro", "theirs.avro");
    byte[] theirs = Files.readAllBytes(folder.resolve("theirs.avro"));

    String text = new String(theirs, StandardCharsets.ISO_8859_1);
    assertTrue(codec == Codec.NONE || text.contains(codec.avroName()), text);
    assertEquals(orders.rows(), rows(theirs));
  }

  @Test
  void theSchemaThatTheToolsFindIsTheOneGiven() throws Exception {
    String given =
        "{\"type\":\"record\",\"name\":\"R\",\"namespace\":\"a.b\",\"doc\":\"of all\",\"fields\":["
            + "{\"name\":\"id\",\"type\":\"long\",\"doc\":\"a number\",\"aliases\":[\"nr\"]}]}";
    Schema id = Schema.of(schema.fields().stream().filter(f -> f.name().equals("id")).toList());
    Files.write(
        folder.resolve("ours.avro"), Read.written(AvroFileTest.by(given).format(), id, List.of()));

    String found = new String(tool("getschema", "ours.avro"), StandardCharsets.UTF_8);

    assertEquals(Json.parse(given), Json.parse(found));
  }
}
