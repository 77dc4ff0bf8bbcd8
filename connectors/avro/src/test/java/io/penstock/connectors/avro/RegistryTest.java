package io.penstock.connectors.avro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.penstock.api.data.Schema;
import io.penstock.api.problem.PipelineException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Records whose schema a registry has, asked over loopback. */
final class RegistryTest {
  private static final String ITEM =
      "{\\\"type\\\":\\\"record\\\",\\\"name\\\":\\\"Item\\\",\\\"fields\\\":[{\\\"name\\\":\\\"sku\\\",\\\"type\\\":\\\"string\\\"}]}";
  private static final String ORDER =
      "{\\\"type\\\":\\\"record\\\",\\\"name\\\":\\\"Order\\\",\\\"fields\\\":[{\\\"name\\\":\\\"id\\\",\\\"type\\\":\\\"int\\\"},{\\\"name\\\":\\\"item\\\",\\\"type\\\":\\\"Item\\\"}]}";
  private static final Map<String, String> ANSWERS =
      Map.of(
          "/schemas/ids/7",
          "{\"schema\":\""
              + ORDER
              + "\",\"references\":[{\"name\":\"Item\",\"subject\":\"the item\",\"version\":2}]}",
          "/subjects/the%20item/versions/2",
          "{\"subject\":\"the item\",\"version\":2,\"schema\":\"" + ITEM + "\"}",
          "/schemas/ids/8",
          "{\"schemaType\":\"PROTOBUF\",\"schema\":\"\"}",
          "/schemas/ids/9",
          "nonsense");

  private final List<String> asked = new ArrayList<>();
  private HttpServer server;

  @BeforeEach
  void starts() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stops() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getRawPath();
    asked.add(path);
    boolean known =
        "Basic YWRhOnNlY3JldA==".equals(exchange.getRequestHeaders().getFirst("Authorization"));
    String text = ANSWERS.getOrDefault(path, "{\"error_code\":40403}");
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(!known ? 401 : ANSWERS.containsKey(path) ? 200 : 404, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private AvroConfig config(String password) {
    String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    Registry registry =
        new Registry(url, Optional.of(new RegistryAuth("ada", password)), Duration.ofSeconds(5));
    return new AvroConfig(
        AvroConfig.Layout.SINGLE, Optional.empty(), Optional.of(registry), Codec.NONE);
  }

  private Read read(byte... bytes) {
    return Read.all(config("secret"), Schema.anything(), bytes);
  }

  @Test
  void theSchemaOfTheNumberIsAskedForWithWhatItRefersTo() {
    Read read =
        read((byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte) 7, (byte) 84, (byte) 2, (byte) 'x');

    assertEquals(List.of(), read.bad());
    assertEquals(List.of("{\"id\":42,\"item\":{\"sku\":\"x\"}}"), read.rows());
    assertEquals(List.of("/schemas/ids/7", "/subjects/the%20item/versions/2"), asked);
  }

  @Test
  void recordsWithoutASchemaThereAreBad() {
    assertEquals(
        List.of("D101 line 1: the registry has no schema 1"),
        read((byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte) 1).bad());
    assertEquals(
        List.of("D101 line 1: the schema 8 of the registry is PROTOBUF, not Avro"),
        read((byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte) 8).bad());
    assertEquals(
        List.of(
            "D101 line 1: the record does not begin with a zero and the number of its schema in the"
                + " registry"),
        read((byte) 1, (byte) 0, (byte) 0, (byte) 0, (byte) 7, (byte) 2).bad());
  }

  @Test
  void aRegistryThatCannotBeReadStopsTheRun() {
    byte[] seven = {0, 0, 0, 0, 7};
    byte[] nine = {0, 0, 0, 0, 9};
    String at = "the schema registry at `http://127.0.0.1:" + server.getAddress().getPort() + "/` ";

    assertEquals("R225 " + at + "refuses who asks", stopped(config("wrong"), seven));
    assertEquals("R210 " + at + "answers with what is no JSON", stopped(config("secret"), nine));
    server.stop(0);
    assertEquals("R222 " + at + "is not there: nothing listens", stopped(config("secret"), seven));
  }

  private static String stopped(AvroConfig config, byte[] record) {
    var problem =
        assertThrows(PipelineException.class, () -> Read.all(config, Schema.anything(), record))
            .problem();
    return problem.code() + " " + problem.message();
  }
}
