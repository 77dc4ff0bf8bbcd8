package io.penstock.core.expression.function;

import com.google.common.hash.Hashing;
import io.penstock.core.expression.function.Function.Family;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.zip.CRC32;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Hashes of texts (as UTF-8) and bytes. */
public final class Hashes {
  private Hashes() {}

  @Function(
      family = Family.IDENTITY,
      signature = "(value: any) -> string",
      summary = "The MD5 hash of a text or bytes, as hexadecimal digits; not for secrets.",
      examples = "md5('abc') == '900150983cd24fb0d6963f7d28e17f72'",
      typing = TextOrBytes.class)
  public static String md5(Object value) {
    return digest("MD5", value);
  }

  @Function(
      family = Family.IDENTITY,
      signature = "(value: any) -> string",
      summary = "The SHA-1 hash of a text or bytes, as hexadecimal digits; not for secrets.",
      examples = "sha1('abc') == 'a9993e364706816aba3e25717850c26c9cd0d89d'",
      typing = TextOrBytes.class)
  public static String sha1(Object value) {
    return digest("SHA-1", value);
  }

  @Function(
      family = Family.IDENTITY,
      signature = "(value: any) -> string",
      summary = "The SHA-256 hash of a text or bytes, as hexadecimal digits.",
      examples =
          "sha256('abc') == 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'",
      typing = TextOrBytes.class)
  public static String sha256(Object value) {
    return digest("SHA-256", value);
  }

  @Function(
      family = Family.IDENTITY,
      signature = "(value: any, key: string) -> string",
      summary = "The HMAC of a text or bytes with SHA-256 and a key, as hexadecimal digits.",
      examples =
          "hmac_sha256('what do ya want for nothing?', 'Jefe') == '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843'",
      fails = "the key is empty",
      typing = TextOrBytes.class)
  public static String hmacSha256(Object value, String key) {
    if (key.isEmpty()) {
      throw Failure.domain("the key must not be empty");
    }
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(bytes(value)));
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException(missing);
    }
  }

  @Function(
      family = Family.IDENTITY,
      signature = "(value: any) -> int",
      summary = "The CRC-32 checksum of a text or bytes.",
      examples = "crc32('123456789') == 3421780262",
      typing = TextOrBytes.class)
  public static long crc32(Object value) {
    CRC32 crc = new CRC32();
    crc.update(bytes(value));
    return crc.getValue();
  }

  @Function(
      family = Family.IDENTITY,
      signature = "(value: any) -> int",
      summary = "The 64-bit xxHash of a text or bytes, with the seed 0, as a signed number.",
      examples = {"xxhash64('abc') == 4952883123889572249", "xxhash64('') == -1205034819632174695"},
      typing = TextOrBytes.class)
  public static long xxhash64(Object value) {
    return XxHash64.of(bytes(value));
  }

  @Function(
      family = Family.IDENTITY,
      signature = "(value: any) -> int",
      summary =
          "The 32-bit Murmur3 hash of a text or bytes, with the seed 0, from 0 to 4294967295.",
      examples = "murmur3('hello') == 613153351",
      typing = TextOrBytes.class)
  public static long murmur3(Object value) {
    int hash = Hashing.murmur3_32_fixed().hashBytes(bytes(value)).asInt();
    return Integer.toUnsignedLong(hash);
  }

  static byte[] bytes(Object value) {
    if (value instanceof byte[] bytes) {
      return bytes;
    }
    if (value instanceof io.penstock.json.Json json) {
      return json.asText()
          .orElseThrow(() -> Failure.kind(json, "text"))
          .getBytes(StandardCharsets.UTF_8);
    }
    return ((String) value).getBytes(StandardCharsets.UTF_8);
  }

  private static String digest(String algorithm, Object value) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes(value)));
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException(missing);
    }
  }
}
