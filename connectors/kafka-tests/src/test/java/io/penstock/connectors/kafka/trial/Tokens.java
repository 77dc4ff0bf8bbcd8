package io.penstock.connectors.kafka.trial;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.List;
import java.util.OptionalInt;

/** A server that gives signed tokens to one client, and a broker's way in that takes them. */
final class Tokens implements AutoCloseable {
  private static final String SECRET = "Basic " + base64("penstock:right");

  private final HttpServer server;
  private final KeyPair keys;
  private final Path known;
  private volatile String asked = "";

  Tokens(Path folder) throws IOException, GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    keys = generator.generateKeyPair();
    known = Files.writeString(folder.resolve("keys.json"), known());
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/token", this::give);
    server.start();
  }

  String url() {
    return "http://localhost:" + server.getAddress().getPort() + "/token";
  }

  /** What was asked for last. */
  String asked() {
    return asked;
  }

  /** Where a broker finds by which keys it knows tokens. */
  String keysUrl() {
    return known.toUri().toString();
  }

  Broker.Listener listener() {
    return new Broker.Listener(
        "TOKENS",
        "SASL_PLAINTEXT",
        OptionalInt.empty(),
        List.of(
            "sasl.enabled.mechanisms=OAUTHBEARER",
            "oauthbearer.sasl.server.callback.handler.class="
                + "org.apache.kafka.common.security.oauthbearer.OAuthBearerValidatorCallbackHandler",
            "oauthbearer.sasl.oauthbearer.jwks.endpoint.url=" + keysUrl(),
            "oauthbearer.sasl.oauthbearer.expected.audience=brokers",
            "oauthbearer.sasl.jaas.config="
                + "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required;"));
  }

  private String known() {
    RSAPublicKey open = (RSAPublicKey) keys.getPublic();
    return """
        {"keys":[{"kty":"RSA","kid":"one","use":"sig","alg":"RS256","n":"%s","e":"%s"}]}"""
        .formatted(number(open.getModulus()), number(open.getPublicExponent()));
  }

  private static String number(BigInteger number) {
    byte[] bytes = number.toByteArray();
    int from = bytes[0] == 0 ? 1 : 0;
    return url(java.util.Arrays.copyOfRange(bytes, from, bytes.length));
  }

  private static String url(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private void give(HttpExchange exchange) throws IOException {
    asked = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    boolean right = SECRET.equals(exchange.getRequestHeaders().getFirst("Authorization"));
    String said = right ? "{\"access_token\":\"" + token() + "\",\"token_type\":\"Bearer\"}" : "{}";
    byte[] bytes = said.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(right ? 200 : 401, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private String token() {
    long now = System.currentTimeMillis() / 1000;
    String head = "{\"alg\":\"RS256\",\"kid\":\"one\"}";
    String body =
        "{\"sub\":\"penstock\",\"aud\":\"brokers\",\"scope\":\"topics\",\"iat\":%d,\"exp\":%d}"
            .formatted(now, now + 600);
    String signed =
        url(head.getBytes(StandardCharsets.UTF_8))
            + "."
            + url(body.getBytes(StandardCharsets.UTF_8));
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(keys.getPrivate());
      signature.update(signed.getBytes(StandardCharsets.UTF_8));
      return signed + "." + url(signature.sign());
    } catch (GeneralSecurityException wrong) {
      throw new IllegalStateException(wrong);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
