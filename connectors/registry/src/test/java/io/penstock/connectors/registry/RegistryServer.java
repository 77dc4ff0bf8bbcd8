package io.penstock.connectors.registry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.penstock.api.network.NamedTls;
import io.penstock.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/**
 * A registry on loopback that answers as the usual ones do, with their codes and words, and keeps
 * schemas in memory. Asked by the user {@code ada} with the password {@code secret}.
 */
public final class RegistryServer implements AutoCloseable {
  private static final String AUTHORISED = "Basic YWRhOnNlY3JldA==";

  private final HttpServer server;
  private final Optional<NamedTls> tls;
  private final Map<String, List<Kept>> subjects = new LinkedHashMap<>();
  private final List<Kept> numbers = new ArrayList<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private Optional<String> refusal = Optional.empty();
  private List<String> types = List.of("JSON", "PROTOBUF", "AVRO");

  /** A schema as it was handed over. */
  public record Kept(int id, String type, String schema, List<Json> references) {}

  public RegistryServer() throws IOException {
    this(HttpServer.create(anyPort(), 0), Optional.empty());
  }

  private RegistryServer(HttpServer server, Optional<NamedTls> tls) {
    this.server = server;
    this.tls = tls;
    server.createContext("/", this::answer);
    server.start();
  }

  private static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  /**
   * One that speaks TLS, and only with those who show a certificate.
   *
   * @param own what it is and whom it believes
   * @param others what those have who ask
   */
  static RegistryServer secret(NamedTls own, NamedTls others) throws IOException {
    HttpsServer made = HttpsServer.create(anyPort(), 0);
    SSLContext context = own.context();
    made.setHttpsConfigurator(
        new HttpsConfigurator(context) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters wanted = context.getDefaultSSLParameters();
            wanted.setNeedClientAuth(true);
            parameters.setSSLParameters(wanted);
          }
        });
    return new RegistryServer(made, Optional.of(others));
  }

  /** The options of a pipeline that asks it. */
  public Registry options(String password, Optional<String> subject, Registry.OnWrite onWrite) {
    return options(tls, password, subject, onWrite);
  }

  Registry options(
      Optional<NamedTls> with,
      String password,
      Optional<String> subject,
      Registry.OnWrite onWrite) {
    return new Registry(
        url(),
        Optional.of(new RegistryAuth("ada", password)),
        with,
        Duration.ofSeconds(5),
        subject,
        onWrite);
  }

  public String url() {
    String scheme = tls.isPresent() ? "https" : "http";
    return scheme + "://127.0.0.1:" + server.getAddress().getPort() + "/";
  }

  /** What was asked for: method, path and query of each request. */
  public List<String> asked() {
    return List.copyOf(asked);
  }

  /** Takes a schema; the same one of a subject has the same number. */
  public synchronized Kept keep(String subject, String type, String schema, List<Json> references) {
    List<Kept> versions = subjects.computeIfAbsent(subject, s -> new ArrayList<>());
    Optional<Kept> known = find(numbers, type, schema);
    Kept kept =
        known.orElseGet(() -> new Kept(numbers.size() + 1, type, schema, List.copyOf(references)));
    if (known.isEmpty()) {
      numbers.add(kept);
    }
    if (!versions.contains(kept)) {
      versions.add(kept);
    }
    return kept;
  }

  /** Knows these kinds of schemas from here on. */
  public synchronized void know(List<String> kinds) {
    types = List.copyOf(kinds);
  }

  /** Refuses schemas from here on, with these words. */
  public synchronized void refuse(String words) {
    refusal = Optional.of(words);
  }

  private static Optional<Kept> find(List<Kept> among, String type, String schema) {
    return among.stream()
        .filter(k -> k.type().equals(type) && k.schema().equals(schema))
        .findFirst();
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
    byte[] body = exchange.getRequestBody().readAllBytes();
    if (!AUTHORISED.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      send(exchange, 401, error(401, "Unauthorized"));
      return;
    }
    String[] path = exchange.getRequestURI().getRawPath().split("/");
    if (path.length == 3 && path[1].equals("schemas") && path[2].equals("types")) {
      send(exchange, 200, Json.list(types.stream().map(Json::ofText).toList()));
      return;
    }
    if (path.length == 4 && path[1].equals("schemas") && path[2].equals("ids")) {
      byNumber(exchange, Integer.parseInt(path[3]));
      return;
    }
    if (path[1].equals("compatibility")) {
      boolean known = subjects.containsKey(URLDecoder.decode(path[3], StandardCharsets.UTF_8));
      send(exchange, known ? 200 : 404, known ? judged() : error(40401, "Subject not found."));
      return;
    }
    String subject = URLDecoder.decode(path[2], StandardCharsets.UTF_8);
    List<Kept> versions = subjects.getOrDefault(subject, List.of());
    if (exchange.getRequestMethod().equals("POST")) {
      post(exchange, subject, versions, path.length == 4, Json.parse(body, 0, body.length));
    } else {
      version(exchange, subject, versions, path[4]);
    }
  }

  private Json judged() {
    Map<String, Json> members = new LinkedHashMap<>();
    members.put("is_compatible", Json.of(refusal.isEmpty()));
    members.put("messages", Json.list(refusal.stream().map(Json::ofText).toList()));
    return Json.object(members);
  }

  private void byNumber(HttpExchange exchange, int number) throws IOException {
    if (number < 1 || number > numbers.size()) {
      send(exchange, 404, error(40403, "Schema " + number + " not found"));
      return;
    }
    send(exchange, 200, Json.object(members(numbers.get(number - 1))));
  }

  private static Map<String, Json> members(Kept kept) {
    Map<String, Json> members = new LinkedHashMap<>();
    if (!kept.type().equals("AVRO")) {
      members.put("schemaType", Json.ofText(kept.type()));
    }
    if (!kept.references().isEmpty()) {
      members.put("references", Json.list(kept.references()));
    }
    members.put("schema", Json.ofText(kept.schema()));
    return members;
  }

  private static Json versioned(String subject, List<Kept> versions, Kept kept) {
    Map<String, Json> members = new LinkedHashMap<>();
    members.put("subject", Json.ofText(subject));
    members.put("version", Json.ofNumber(versions.indexOf(kept) + 1));
    members.put("id", Json.ofNumber(kept.id()));
    members.putAll(members(kept));
    return Json.object(members);
  }

  private void version(HttpExchange exchange, String subject, List<Kept> versions, String version)
      throws IOException {
    if (versions.isEmpty()) {
      send(exchange, 404, error(40401, "Subject '" + subject + "' not found."));
      return;
    }
    int number = version.equals("latest") ? versions.size() : Integer.parseInt(version);
    if (number < 1 || number > versions.size()) {
      send(exchange, 404, error(40402, "Version " + version + " not found."));
      return;
    }
    send(exchange, 200, versioned(subject, versions, versions.get(number - 1)));
  }

  private void post(
      HttpExchange exchange, String subject, List<Kept> versions, boolean registers, Json body)
      throws IOException {
    String type = body.member("schemaType").flatMap(Json::asText).orElse("AVRO");
    String schema = body.member("schema").flatMap(Json::asText).orElseThrow();
    List<Json> references = body.member("references").map(Json::elements).orElse(List.of());
    Optional<Kept> known = find(versions, type, schema);
    if (registers) {
      if (refusal.isPresent() && known.isEmpty()) {
        send(exchange, 409, error(409, refusal.get()));
        return;
      }
      Kept kept = keep(subject, type, schema, references);
      send(exchange, 200, Json.object(Map.of("id", Json.ofNumber(kept.id()))));
    } else if (known.isEmpty()) {
      boolean none = versions.isEmpty();
      String words = none ? "Subject '" + subject + "' not found." : "Schema not found";
      send(exchange, 404, error(none ? 40401 : 40403, words));
    } else {
      send(exchange, 200, versioned(subject, versions, known.get()));
    }
  }

  private static Json error(int code, String words) {
    Map<String, Json> members = new LinkedHashMap<>();
    members.put("error_code", Json.ofNumber(code));
    members.put("message", Json.ofText(words));
    return Json.object(members);
  }

  private static void send(HttpExchange exchange, int status, Json body) throws IOException {
    byte[] bytes = body.toText().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/vnd.schemaregistry.v1+json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
