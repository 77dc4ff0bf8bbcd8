package io.penstock.connectors.http;

import io.penstock.api.system.Clock;
import io.penstock.api.system.Disk;
import io.penstock.api.system.Files;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;

/** The way to servers. Follows no redirects. Used by one thread; its answers come by others. */
final class Client {
  private final HttpClient client;
  private final Duration timeout;
  private final Clock clock;

  private Client(HttpClient client, Duration timeout, Clock clock) {
    this.client = client;
    this.timeout = timeout;
    this.clock = clock;
  }

  /** Makes a client; connects to nothing yet. */
  static Client open(Optional<Tls> tls, Duration timeout, Disk disk, Files files, Clock clock)
      throws IOException {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            // The way to HTTP/2 without TLS asks servers for what many of them do not know.
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(timeout);
    if (tls.isPresent()) {
      Pem pem = new Pem(disk, files);
      builder.sslContext(context(tls.get(), pem));
      SSLParameters parameters = new SSLParameters();
      parameters.setProtocols(tls.get().minVersion().protocols());
      builder.sslParameters(parameters);
    }
    return new Client(builder.build(), timeout, clock);
  }

  private static SSLContext context(Tls tls, Pem pem) throws IOException {
    TrustManager[] trust = null;
    if (tls.verify() == Tls.Verify.NONE) {
      trust = new TrustManager[] {new TrustAll()};
    } else if (tls.ca().isPresent()) {
      trust = pem.trust(tls.ca().get());
    }
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          tls.certificate().isPresent()
              ? pem.own(tls.certificate().get(), tls.key().orElse(""))
              : null,
          trust,
          null);
      return context;
    } catch (GeneralSecurityException wrong) {
      throw new IOException("TLS cannot be had", wrong);
    }
  }

  /** Sends; the answer comes later. */
  Pending send(Request request) {
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
