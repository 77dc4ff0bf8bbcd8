package io.penstock.connectors.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpServer;
import io.penstock.api.problem.PipelineException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What is asked of a registry over loopback, and what is told of its answers. */
final class RegistryClientTest {
  private static final String SCHEMA = "{\"type\":\"object\"}";

  private RegistryServer server;

  @BeforeEach
  void starts() throws IOException {
    server = new RegistryServer();
  }

  @AfterEach
  void ends() {
    server.close();
  }

  private Registry options(Registry.OnWrite onWrite) {
    return server.options("secret", Optional.of("orders-value"), onWrite);
  }

  private RegistryClient reading() {
    return RegistryClient.reading(options(Registry.OnWrite.REGISTER), SchemaKind.JSON);
  }

  private RegistryClient writing(Registry.OnWrite onWrite) {
    return RegistryClient.writing(options(onWrite), SchemaKind.JSON);
  }

  private String stopped(Executable asking) {
    var problem = assertThrows(PipelineException.class, asking).problem();
    return problem.code() + " " + problem.message().replace(server.url(), "URL");
  }

  private static String bad(Executable asking) {
    RegistryProblem problem = assertThrows(RegistryProblem.class, asking);
    return problem.code() + " " + problem.text();
  }

  @Test
  void aSchemaIsFoundByItsNumber() {
    int number = server.keep("a b", "JSON", SCHEMA, List.of()).id();

    assertEquals(new Registered(number, SCHEMA, List.of()), reading().byNumber(number));
    assertEquals(
        new Registered(number, SCHEMA, List.of()),
        reading().byVersion(new Reference("x", "a b", 1)));
    assertEquals(List.of("GET /schemas/ids/1", "GET /subjects/a%20b/versions/1"), server.asked());
  }

  @Test
  void aSchemaThatIsNotThereOrAnotherIsTheRecordsFault() {
    server.keep("other", "PROTOBUF", "message M {}", List.of());
    server.keep("older", "AVRO", "\"string\"", List.of());

    assertEquals("D130 the registry has no schema 9", bad(() -> reading().byNumber(9)));
    assertEquals(
        "D131 the schema 1 of the registry is PROTOBUF, not JSON Schema",
        bad(() -> reading().byNumber(1)));
    assertEquals(
        "D131 the schema 2 of the registry is AVRO, not JSON Schema",
        bad(() -> reading().byNumber(2)));
    assertEquals(
        "D130 the registry has no version 3 of `other`, which a schema refers to",
        bad(() -> reading().byVersion(new Reference("x", "other", 3))));
  }

  @Test
  void aSchemaIsRegisteredOnceAndKeepsItsNumber() {
    RegistryClient client = writing(Registry.OnWrite.REGISTER);

    assertEquals(1, client.number("orders-value", SCHEMA, List.of()));
    assertEquals(1, client.number("orders-value", SCHEMA, List.of()));
    assertEquals(2, client.number("orders-value", "{}", List.of()));
    assertEquals(
        new Reference("x", "orders-value", 2),
        client.reference("x", "orders-value", "{}", List.of()));
  }

  @Test
  void aSchemaIsOnlyLookedUpWhereThePipelineSaysSo() {
    int number = server.keep("orders-value", "JSON", SCHEMA, List.of()).id();
    RegistryClient client = writing(Registry.OnWrite.FIND);

    assertEquals(number, client.number("orders-value", SCHEMA, List.of()));
    String missing = "R327 the schema registry at `URL` does not have the schema of these rows";
    assertEquals(
        missing + " under `orders-value`",
        stopped(() -> client.number("orders-value", "{}", List.of())));
    assertEquals(
        missing + " under `b-value`", stopped(() -> client.number("b-value", "{}", List.of())));
  }

  @Test
  void theNewestSchemaIsThatOfTheLastVersion() {
    server.keep("orders-value", "JSON", "{}", List.of());
    int number = server.keep("orders-value", "JSON", SCHEMA, List.of()).id();
    server.keep("avro", "AVRO", "\"string\"", List.of());
    RegistryClient client = writing(Registry.OnWrite.LATEST);

    assertEquals(new Registered(number, SCHEMA, List.of()), client.latest("orders-value"));
    assertEquals(
        "R327 the schema registry at `URL` has no subject `none`",
        stopped(() -> client.latest("none")));
    assertEquals(
        "R306 the schema registry at `URL` does not take these rows of the subject `avro`: the"
            + " newest schema of `avro` is AVRO, not JSON Schema",
        stopped(() -> client.latest("avro")));
  }

  @Test
  void aSchemaThatOldReadersCannotReadIsRefusedInTheRegistrysWords() {
    server.keep("orders-value", "JSON", SCHEMA, List.of());
    server.refuse("Schema being registered is incompatible with an earlier `schema`\nfor it");

    assertEquals(
        "R306 the schema registry at `URL` does not take these rows under the subject"
            + " `orders-value`: it says: Schema being registered is incompatible with an earlier"
            + " 'schema' for it",
        stopped(() -> writing(Registry.OnWrite.REGISTER).number("orders-value", "{}", List.of())));
  }

  @Test
  void whoeverIsRefusedIsToldSoForSourcesAndSinks() {
    Registry wrong =
        server.options("wrong", Optional.of("orders-value"), Registry.OnWrite.REGISTER);

    assertEquals(
        "R225 the schema registry at `URL` refuses who asks",
        stopped(() -> RegistryClient.reading(wrong, SchemaKind.AVRO).byNumber(1)));
    assertEquals(
        "R325 the schema registry at `URL` refuses who asks",
        stopped(() -> RegistryClient.writing(wrong, SchemaKind.AVRO).number("s", "x", List.of())));
  }

  @Test
  void aRegistryThatIsAwayIsToldSoForSourcesAndSinks() {
    server.close();

    assertEquals(
        "R222 the schema registry at `URL` is not there: nothing listens",
        stopped(() -> reading().byNumber(1)));
    assertEquals(
        "R322 the schema registry at `URL` is not there: nothing listens",
        stopped(() -> writing(Registry.OnWrite.LATEST).latest("s")));
  }

  @Test
  void answersThatAreNoneStopTheRun() throws IOException {
    assertEquals(
        "R210 the schema registry at `URL` answers with what is no JSON", answered(200, "<html>"));
    assertEquals(
        "R210 the schema registry at `URL` answers with the status 503", answered(503, "{}"));
    assertEquals("R226 the schema registry at `URL` does not let it be read", answered(403, "{}"));
  }

  private static String answered(int status, String text) throws IOException {
    HttpServer other =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    other.createContext(
        "/",
        exchange -> {
          byte[] body = text.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    other.start();
    try {
      String url = "http://127.0.0.1:" + other.getAddress().getPort();
      Registry registry = new Registry(url, Optional.empty(), Duration.ofSeconds(5));
      var problem =
          assertThrows(
                  PipelineException.class,
                  () -> RegistryClient.reading(registry, SchemaKind.JSON).byNumber(1))
              .problem();
      return problem.code() + " " + problem.message().replace(url, "URL");
    } finally {
      other.stop(0);
    }
  }
}
