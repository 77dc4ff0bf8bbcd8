package io.penstock.connectors.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The signatures are those that Amazon has published with its test requests. */
final class AwsSignatureTest {
  private static final Instant NOW = Instant.parse("2015-08-30T12:36:00Z");
  private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

  private static String signature(
      String method, String path, Map<String, String> headers, String body, Aws with) {
    Request plain =
        new Request(
            method,
            URI.create("https://example.amazonaws.com" + path),
            headers,
            body.getBytes(StandardCharsets.UTF_8),
            0);
    String said =
        new AwsSignature(with).signed(plain, NOW).headers().getOrDefault("Authorization", "");
    return said.replaceFirst(".*Signature=", "");
  }

  private static Aws key(Optional<String> token) {
    return new Aws("us-east-1", "service", "AKIDEXAMPLE", SECRET, token);
  }

  private static String signature(String method, String path) {
    return signature(method, path, Map.of(), "", key(Optional.empty()));
  }

  @Test
  void signsAsThePublishedRequestsAreSigned() {
    String vanilla = "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31";
    assertEquals(vanilla, signature("GET", "/"));
    assertEquals(vanilla, signature("GET", "//"), "get-slashes");
    assertEquals(vanilla, signature("GET", "/./"), "get-slash-dot-slash");
    assertEquals(
        "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b", signature("POST", "/"));
    assertEquals(
        "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500",
        signature("GET", "/?Param2=value2&Param1=value1"));
  }

  @Test
  void whatIsSentAndItsKindAreSigned() {
    assertEquals(
        "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a",
        signature(
            "POST",
            "/",
            Map.of("Content-Type", "application/x-www-form-urlencoded"),
            "Param1=value1",
            key(Optional.empty())));
  }

  @Test
  void aSessionsTokenIsSignedToo() {
    String token =
        "AQoDYXdzEPT//////////wEXAMPLEtc764bNrC9SAPBSM22wDOk4x4HIZ8j4FZTwdQWLWsKWHGBuFqwAeMicRXmx"
            + "fpSPfIeoIYRqTflfKD8YUuwthAx7mSEI/qkPpKPi/kMcGdQrmGdeehM4IC1NtBmUpp2wUE8phUZampKsburEDy0K"
            + "PkyQDYwT7WZ0wq5VSXDvp75YU9HFvlRd8Tx6q6fE8YQcHNVXAkiY9q6d+xo0rKwT38xVqr7ZD0u0iPPkUL64lIZb"
            + "qBAz+scqKmlzm8FDrypNC9Yjc8fPOLn9FX9KSYvKTr4rvx3iSIlTJabIQwj2ICCR/oLxBA==";
    assertEquals(
        "85d96828115b5dc0cfc3bd16ad9e210dd772bbebba041836c64533a82be05ead",
        signature("POST", "/", Map.of(), "", key(Optional.of(token))));
  }
}
