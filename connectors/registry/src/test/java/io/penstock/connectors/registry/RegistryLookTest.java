package io.penstock.connectors.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.penstock.api.network.NamedTls;
import io.penstock.api.network.Tls;
import io.penstock.api.option.NamedFile;
import io.penstock.api.problem.Outage;
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.system.Clock;
import io.penstock.api.system.Disk;
import io.penstock.api.system.Probe;
import io.penstock.testkit.ManualClock;
import io.penstock.testkit.MemoryDisk;
import io.penstock.testkit.network.Certificates;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code validate --connect} says of a registry, and how one is asked by TLS. */
final class RegistryLookTest {
  private static final Optional<String> ORDERS = Optional.of("orders");

  /** A look that takes five seconds at most. */
  private record Look() implements Probe {
    @Override
    public String step() {
      return "in";
    }

    @Override
    public Disk disk() {
      return new MemoryDisk();
    }

    @Override
    public io.penstock.api.system.Files files() {
      throw new AssertionError("no files are read");
    }

    @Override
    public Clock clock() {
      return new ManualClock(0);
    }

    @Override
    public Duration timeout() {
      return Duration.ofSeconds(5);
    }

    @Override
    public Optional<Outage> reach(String host, int port) {
      return Optional.empty();
    }
  }

  private static String found(Registry registry, boolean writes) {
    List<Problem> all =
        writes
            ? registry.connectWritten(
                new Look(),
                SchemaKind.AVRO,
                ORDERS,
                client -> Optional.of(new Offered("\"long\"", List.of())))
            : registry.connect(new Look(), SchemaKind.AVRO);
    return all.isEmpty()
        ? "nothing"
        : all.get(0).code() + " " + all.get(0).message().replace(registry.shown(), "URL");
  }

  private static Registry plain(String url) {
    return new Registry(url, Optional.empty(), Duration.ofMinutes(5));
  }

  @Test
  void aRegistryThatCanBeAskedIsAskedOnlyForItsKinds() throws IOException {
    try (RegistryServer server = new RegistryServer()) {
      Registry registers = server.options("secret", Optional.empty(), Registry.OnWrite.REGISTER);
      assertEquals("nothing", found(registers, false));
      assertEquals("nothing", found(registers, true));
      String question = "POST /compatibility/subjects/orders-value/versions/latest?verbose=true";
      assertEquals(List.of("GET /schemas/types", "GET /schemas/types", question), server.asked());
    }
  }

  @Test
  void aSchemaThatWouldNotBeTakenIsToldWithTheReason() throws IOException {
    try (RegistryServer server = new RegistryServer()) {
      Registry registers = server.options("secret", Optional.empty(), Registry.OnWrite.REGISTER);
      server.refuse("the type of `id` is another");
      assertEquals("nothing", found(registers, true), "a subject that is not there has no rule");

      server.keep("orders-value", "AVRO", "\"string\"", List.of());
      assertEquals(
          "R306 the schema registry at `URL` does not take these rows under the subject"
              + " `orders-value`: it says: the type of 'id' is another",
          found(registers, true));
      assertTrue(
          server.asked().stream()
              .noneMatch(one -> one.endsWith("/subjects/orders-value/versions")));
    }
  }

  @Test
  void whatIsWrittenNeedsItsSubject() throws IOException {
    try (RegistryServer server = new RegistryServer()) {
      Registry latest = server.options("secret", Optional.empty(), Registry.OnWrite.LATEST);
      Registry find = server.options("secret", Optional.empty(), Registry.OnWrite.FIND);
      assertEquals("nothing", found(latest, false));
      assertEquals(
          "R327 the schema registry at `URL` has no subject `orders-value`", found(latest, true));
      assertEquals(
          "R327 the schema registry at `URL` does not have the schema of these rows under"
              + " `orders-value`",
          found(find, true));

      server.keep("orders-value", "JSON", "{}", List.of());
      assertEquals("nothing", found(find, true));
      assertEquals(
          "R306 the schema registry at `URL` does not take these rows of the subject"
              + " `orders-value`: the newest schema of `orders-value` is JSON, not Avro",
          found(latest, true));

      server.keep("orders-value", "AVRO", "\"string\"", List.of());
      assertEquals("nothing", found(latest, true));
    }
  }

  @Test
  void whatKeepsFromARegistryIsTold() throws IOException {
    try (RegistryServer server = new RegistryServer()) {
      Registry wrong = server.options("guess", Optional.empty(), Registry.OnWrite.REGISTER);
      assertEquals("R225 the schema registry at `URL` refuses who asks", found(wrong, false));
      assertEquals("R325 the schema registry at `URL` refuses who asks", found(wrong, true));

      server.know(List.of("JSON"));
      Registry right = server.options("secret", Optional.empty(), Registry.OnWrite.REGISTER);
      assertEquals(
          "R227 the schema registry at `URL` knows no schemas of Avro", found(right, false));
    }
    HttpServer another =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    another.start();
    String url = "http://127.0.0.1:" + another.getAddress().getPort();
    try {
      assertEquals(
          "R227 the schema registry at `URL` has no `/schemas/types`, as a schema registry has",
          found(plain(url), false));
    } finally {
      another.stop(0);
    }
    assertEquals(
        "R322 the schema registry at `URL` is not there: nothing listens", found(plain(url), true));
    assertEquals(
        "R221 the schema registry at `URL` has a host that nobody knows",
        found(plain("http://nowhere.invalid:1"), false));
  }

  private static Optional<NamedFile> file(Path path) throws IOException {
    return Optional.of(new NamedFile(path.getFileName().toString(), Files.readAllBytes(path)));
  }

  private static NamedTls tls(Certificates made, String authority, Optional<String> own)
      throws IOException {
    return tls(made, authority, own, Optional.empty());
  }

  private static NamedTls tls(
      Certificates made, String authority, Optional<String> own, Optional<String> serverName)
      throws IOException {
    return new NamedTls(
        file(made.certificate(authority)),
        own.isPresent() ? file(made.certificate(own.get())) : Optional.empty(),
        own.isPresent() ? file(made.key(own.get())) : Optional.empty(),
        serverName,
        Tls.Version.TLS_1_2,
        Tls.Verify.FULL);
  }

  @Test
  void bothSidesShowWhoTheyAre(@TempDir Path folder) throws Exception {
    Certificates made = new Certificates(folder);
    made.authority("ca");
    made.authority("another");
    made.signed("server", "ca", "ip:127.0.0.1");
    made.signed("reader", "ca", "dns:reader.example");
    NamedTls reader = tls(made, "ca", Optional.of("reader"));
    try (RegistryServer server =
        RegistryServer.secret(tls(made, "ca", Optional.of("server")), reader)) {
      int number = server.keep("orders-value", "AVRO", "\"string\"", List.of()).id();
      Registry known = server.options("secret", Optional.empty(), Registry.OnWrite.REGISTER);
      assertEquals("nothing", found(known, true));
      assertEquals(
          "\"string\"", RegistryClient.reading(known, SchemaKind.AVRO).byNumber(number).text());

      assertEquals(
          "R224 the schema registry at `URL` has a certificate of an authority that is not trusted",
          with(server, Optional.empty()));
      assertEquals(
          "R224 the schema registry at `URL` has a certificate of an authority that is not trusted",
          with(server, Optional.of(tls(made, "another", Optional.of("reader")))));
      String nobody = with(server, Optional.of(tls(made, "ca", Optional.empty())));
      assertTrue(nobody.startsWith("R22") || nobody.startsWith("R210"), nobody);
    }
  }

  @Test
  void aRegistryOfAnotherNameIsAskedForByIt(@TempDir Path folder) throws Exception {
    Certificates made = new Certificates(folder);
    made.authority("ca");
    made.signed("server", "ca", "dns:schemas.example");
    NamedTls own = tls(made, "ca", Optional.of("server"));
    Optional<String> name = Optional.of("schemas.example");
    try (RegistryServer server = RegistryServer.secret(own, own)) {
      assertEquals(
          "nothing", with(server, Optional.of(tls(made, "ca", Optional.of("server"), name))));
      String unnamed = with(server, Optional.of(own));
      assertTrue(unnamed.startsWith("R224"), unnamed);
    }
  }

  private static String with(RegistryServer server, Optional<NamedTls> tls) {
    return found(server.options(tls, "secret", Optional.empty(), Registry.OnWrite.REGISTER), false);
  }

  @Test
  void filesThatHoldNoCertificatesAreTold(@TempDir Path folder) throws Exception {
    Certificates made = new Certificates(folder);
    made.make("own", "dns:localhost");
    Optional<NamedFile> none = Optional.of(new NamedFile("notes.txt", new byte[] {'x'}));
    Optional<NamedFile> chain = file(made.certificate("own"));

    assertEquals(
        List.of(
            "E104 ca `ca` must be a file in PEM form: `notes.txt` holds no certificates in PEM form",
            "E104 certificate `certificate` must be a file in PEM form: `notes.txt` holds no"
                + " certificate in PEM form"),
        wrong(none, none, none));
    assertEquals(
        List.of(
            "E104 key `key` must be a file in PEM form: `notes.txt` holds no key in PEM form (PKCS"
                + " 8, not enciphered)"),
        wrong(chain, chain, none));
    assertEquals(List.of(), wrong(chain, chain, file(made.key("own"))));
    assertEquals(
        List.of("E104 server_name `server_name` must be the name of a host, not `10.0.0.1`"),
        wrong(
            new NamedTls(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of("10.0.0.1"),
                Tls.Version.TLS_1_2,
                Tls.Verify.FULL)));
  }

  private static List<String> wrong(
      Optional<NamedFile> ca, Optional<NamedFile> certificate, Optional<NamedFile> key) {
    return wrong(
        new NamedTls(ca, certificate, key, Optional.empty(), Tls.Version.TLS_1_2, Tls.Verify.FULL));
  }

  private static List<String> wrong(NamedTls tls) {
    List<String> found = new ArrayList<>();
    tls.checkEach(
        (ProblemCode code, String option, String message, String hint) ->
            found.add(code + " " + option + " " + message));
    return found;
  }
}
