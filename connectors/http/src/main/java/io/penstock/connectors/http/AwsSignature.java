package io.penstock.connectors.http;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs requests by AWS Signature Version 4, as the documentation of AWS Identity and Access
 * Management describes it: host, time, the content's type and every header of Amazon's own are
 * signed, and what is sent.
 */
record AwsSignature(Aws with) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final String ALGORITHM = "AWS4-HMAC-SHA256";
  private static final String UNRESERVED = "-._~";

  /** The request with the headers that sign it, as of this time. */
  Request signed(Request request, Instant now) {
    String time = TIME.format(now);
    Map<String, String> headers = new TreeMap<>(request.headers());
    headers.keySet().removeIf(AwsSignature::isOfSignature);
    String content = hex(sha256(request.body()));
    headers.put("X-Amz-Date", time);
    if (with.service().equals("s3")) {
      headers.put("X-Amz-Content-Sha256", content);
    }
    with.sessionToken().ifPresent(token -> headers.put("X-Amz-Security-Token", token));
    Map<String, String> covered = covered(request.uri(), headers);
    String names = String.join(";", covered.keySet());
    String scope =
        time.substring(0, 8) + "/" + with.region() + "/" + with.service() + "/aws4_request";
    StringBuilder canonical = new StringBuilder(request.method()).append('\n');
    canonical.append(path(request.uri())).append('\n').append(query(request.uri())).append('\n');
    covered.forEach((name, value) -> canonical.append(name).append(':').append(value).append('\n'));
    canonical.append('\n').append(names).append('\n').append(content);
    String what = ALGORITHM + "\n" + time + "\n" + scope + "\n" + hex(sha256(bytes(canonical)));
    headers.put(
        "Authorization",
        ALGORITHM
            + " Credential="
            + with.accessKey()
            + "/"
            + scope
            + ", SignedHeaders="
            + names
            + ", Signature="
            + hex(hmac(key(time.substring(0, 8)), what)));
    return new Request(
        request.method(), request.uri(), headers, request.body(), request.mostBytes());
  }

  private static boolean isOfSignature(String name) {
    return name.equalsIgnoreCase("Authorization")
        || name.toLowerCase(Locale.ROOT).startsWith("x-amz-date");
  }

  private static Map<String, String> covered(URI uri, Map<String, String> headers) {
    Map<String, String> covered = new TreeMap<>();
    headers.forEach(
        (name, value) -> {
          String lower = name.toLowerCase(Locale.ROOT);
          if (lower.equals("content-type") || lower.startsWith("x-amz-")) {
            covered.put(lower, value.strip().replaceAll(" +", " "));
          }
        });
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    covered.put("host", uri.getHost() + port);
    return covered;
  }

  /** Each part of the path is encoded once more, but for S3. */
  private String path(URI uri) {
    String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    if (with.service().equals("s3")) {
      return path;
    }
    String normal = URI.create(path.replaceAll("/{2,}", "/")).normalize().getRawPath();
    StringJoiner parts = new StringJoiner("/");
    for (String part : normal.split("/", -1)) {
      parts.add(encoded(part));
    }
    return parts.toString();
  }

  private static String query(URI uri) {
    if (uri.getRawQuery() == null || uri.getRawQuery().isEmpty()) {
      return "";
    }
    String[] parts = uri.getRawQuery().split("&", -1);
    for (int i = 0; i < parts.length; i++) {
      parts[i] = parts[i].indexOf('=') < 0 ? parts[i] + "=" : parts[i];
    }
    // By name, and then by value; `=` comes before whatever a name may go on with but few signs.
    Arrays.sort(parts, (a, b) -> a.replace('=', '\u0001').compareTo(b.replace('=', '\u0001')));
    return String.join("&", parts);
  }

  private static String encoded(String part) {
    StringBuilder out = new StringBuilder();
    for (byte b : part.getBytes(StandardCharsets.UTF_8)) {
      boolean plain = b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z';
      if (plain || UNRESERVED.indexOf(b) >= 0) {
        out.append((char) b);
      } else {
        out.append(String.format(Locale.ROOT, "%%%02X", b & 0xff));
      }
    }
    return out.toString();
  }

  private byte[] key(String day) {
    byte[] key = bytes("AWS4" + with.secretKey());
    for (String part : new String[] {day, with.region(), with.service(), "aws4_request"}) {
      key = hmac(key, part);
    }
    return key;
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(bytes(text));
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException(missing);
    }
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException(missing);
    }
  }

  private static byte[] bytes(CharSequence text) {
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
