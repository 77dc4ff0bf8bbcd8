package io.penstock.connectors.http;

import io.penstock.api.network.Tls;
import io.penstock.api.system.Clock;
import io.penstock.api.system.Disk;
import io.penstock.api.system.Files;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import javax.net.ssl.SSLParameters;

/** Asks servers. Follows no redirects. Used by one thread; its answers come by others. */
final class Client {
  private final HttpClient client;
  private final Duration timeout;
  private final Clock clock;
  private final Optional<AwsSignature> signature;

  private Client(
      HttpClient client, Duration timeout, Clock clock, Optional<AwsSignature> signature) {
    this.client = client;
    this.timeout = timeout;
    this.clock = clock;
    this.signature = signature;
  }

  /** The options of the way to a server. */
  record Way(Optional<ClientAuth> auth, Optional<Tls> tls, Duration timeout) {}

  /** Makes a client; connects to nothing yet. */
  static Client open(Way way, Disk disk, Files files, Clock clock) throws IOException {
    Optional<Tls> tls = way.tls();
    Duration timeout = way.timeout();
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            // The way to HTTP/2 without TLS asks servers for what many of them do not know.
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(timeout);
    if (tls.isPresent()) {
      builder.sslContext(tls.get().context(disk, files));
      SSLParameters parameters = new SSLParameters();
      parameters.setProtocols(tls.get().minVersion().protocols());
      builder.sslParameters(parameters);
    }
    return new Client(
        builder.build(),
        timeout,
        clock,
        way.auth().flatMap(ClientAuth::aws).map(AwsSignature::new));
  }

  /** Sends; the answer comes later. */
  Pending send(Request plain) {
    // Anew each time, since a signature is good for some minutes only.
    Request request =
        signature
            .map(by -> by.signed(plain, Instant.EPOCH.plus(clock.micros(), ChronoUnit.MICROS)))
            .orElse(plain);
    HttpRequest.Builder builder = HttpRequest.newBuilder(request.uri()).timeout(timeout);
    request.headers().forEach(builder::setHeader);
    builder.method(
        request.method(),
        request.body().length == 0 && request.method().equals("GET")
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofByteArray(request.body()));
    HttpResponse.BodyHandler<CappedBody.Taken> body = info -> new CappedBody(request.mostBytes());
    return new Pending(client.sendAsync(builder.build(), body), clock, timeout);
  }
}
