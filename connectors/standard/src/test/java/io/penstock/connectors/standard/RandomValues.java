package io.penstock.connectors.standard;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.FieldPath;
import io.penstock.api.data.Schema;
import io.penstock.api.data.ValueType;
import io.penstock.api.format.Format;
import io.penstock.api.format.TextTypes;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * Schemas and values as chance has them: mostly as they should be, else as they are when they are
 * nearly right. Texts have one char for each byte.
 */
public final class RandomValues {
  private static final List<String> NAMES =
      List.of(
          "a",
          "b",
          "id",
          "time",
          "seven77",
          "eight888",
          "price",
          "channel",
          "name with blank",
          "a_name_of_sixteen",
          "a_name_that_is_longer_than_16_bytes",
          "x.y",
          "ab",
          "time2");
  private static final List<String> NUMBERS =
      List.of(
          "0",
          "-0",
          "-0.0",
          "0.0",
          "01",
          "-01",
          "00",
          "1.",
          ".5",
          "-.5",
          "1.0",
          "1.5",
          "1e3",
          "1E-3",
          "1e+2",
          "1.0e1",
          "0e10000",
          "1e400",
          "1e-400",
          "1e10001",
          "-",
          "+1",
          "--1",
          "1-1",
          "1.2.3",
          "1..2",
          "12345678",
          "1234567.8",
          "-1234567",
          "-12345.67",
          "123456.",
          "999999999999999999",
          "1000000000000000000",
          "9223372036854775807",
          "9223372036854775808",
          "-9223372036854775808",
          "-9223372036854775809",
          "123456789012345",
          "1234567890123456",
          "12345678901234.5",
          "0.00000000000001",
          "0.000000000000001",
          "0.1234567890123456789",
          "-123456789012.345",
          "NaN",
          "Infinity",
          "-Infinity",
          "0x10",
          "1_000",
          "1,5",
          " 7",
          "7 ",
          "\u0001",
          "1e",
          "null",
          "true",
          "\"5\"",
          "9".repeat(400),
          "0".repeat(20),
          "1".repeat(1001),
          "0." + "3".repeat(400));
  private static final List<String> LARGE =
      List.of("999999999999999999", "1000000000000000000", "9223372036854775807");
  private static final List<String> TIMES =
      List.of(
          "2026-01-31t12:00:01Z",
          "2026-01-31T12:00:01z",
          "2026-01-31 12:00:02Z",
          "2026-01-31T12:00:60Z",
          "2026-06-30T23:59:60Z",
          "2026-06-30T23:59:60.5Z",
          "2026-01-31T12:00:61Z",
          "2026-01-31T24:00:00Z",
          "2026-02-29T12:00:00Z",
          "2024-02-29T12:00:00Z",
          "2026-13-01T12:00:00Z",
          "2026-01-31T12:00Z",
          "2026-01-31T12:00:01",
          "2026-01-31T12:00:01+02:00",
          "2026-01-31T12:00:01-00:00",
          "2026-01-31T12:00:01.5+23:59",
          "2026-01-31T12:00:01+24:00",
          "2026-01-31T12:00:01+0200",
          "2026-01-31T12:00:01,25Z",
          "2026-01-31T12:00:01.Z",
          "2026-01-31T12:00:1Z",
          "2026-01-31T12:00:01.12a456Z",
          "2026-01-31T12:00-01Z",
          "2026-01-31T12:00:/1Z",
          "2026-01-31T12:00:1/Z",
          "2026-01-31T12:00:0:Z",
          "2026-01-31T12.00:01Z",
          "0000-01-01T00:00:00Z",
          "9999-12-31T23:59:59.999999Z",
          "1969-12-31T23:59:59.999999Z",
          "12026-01-31T12:00:01Z",
          "2026-01-31",
          "",
          "Z",
          "now",
          "1769860800");

  private final Random random;

  public RandomValues(Random random) {
    this.random = random;
  }

  public boolean chance(double share) {
    return random.nextDouble() < share;
  }

  public int upTo(int most) {
    return random.nextInt(most + 1);
  }

  public <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  /** What is decoded: a closed schema of all kinds of fields. */
  public Format.Decoding decoding() {
    List<String> names = new ArrayList<>(NAMES);
    if (chance(0.03)) {
      names.add("é");
    }
    Collections.shuffle(names, random);
    List<Field> fields = new ArrayList<>();
    Map<FieldPath, TextTypes.TimePattern> patterns = new HashMap<>();
    Set<FieldPath> used = new HashSet<>();
    for (String name : names.subList(0, 1 + upTo(7))) {
      DataType type = type();
      fields.add(new Field(name, new ValueType(type, chance(0.5))));
      if (chance(0.3)) {
        pattern(type).ifPresent(pattern -> patterns.put(FieldPath.of(name), pattern));
      }
      if (chance(0.5)) {
        used.add(FieldPath.of(name));
      }
    }
    return new Format.Decoding(
        Schema.of(fields),
        used,
        chance(0.5),
        chance(0.7) ? Format.UnknownFields.DROP : one(List.of(Format.UnknownFields.values())),
        new TextTypes(patterns),
        chance(0.1) ? 40 + upTo(200) : 16 << 20);
  }

  private DataType type() {
    if (chance(0.15)) {
      return one(
          List.of(
              new DataType.ListOf(new ValueType(DataType.INT, true)),
              new DataType.MapOf(ValueType.required(DataType.STRING)),
              new DataType.RecordOf(
                  Schema.of(
                      Field.optional("x", DataType.DOUBLE), Field.of("y", DataType.STRING)))));
    }
    int precision = 1 + upTo(37);
    return chance(0.1)
        ? new DataType.Decimal(precision, upTo(precision))
        : new DataType.Simple(one(List.of(DataType.Simple.Kind.values())));
  }

  private Optional<TextTypes.TimePattern> pattern(DataType type) {
    if (type.equals(DataType.TIMESTAMP)) {
      return Optional.of(
          chance(0.5)
              ? one(List.of(TextTypes.Epoch.values()))
              : new TextTypes.Text("yyyy/MM/dd HH:mm", Optional.of(ZoneOffset.UTC), false));
    }
    return type.equals(DataType.DATE)
        ? Optional.of(new TextTypes.Text("dd/MM/yyyy", Optional.empty(), false))
        : Optional.empty();
  }

  /** The text of a value, without quotes; often one of another type where it is to be odd. */
  public String text(DataType type, Optional<TextTypes.TimePattern> pattern, boolean odd) {
    if (pattern.isPresent() && !odd) {
      return pattern.get() instanceof TextTypes.Epoch
          ? number()
          : type.equals(DataType.DATE) ? "31/01/2026" : "2026/01/31 12:0" + upTo(9);
    }
    if (!(type instanceof DataType.Simple simple)) {
      return type instanceof DataType.Decimal decimal ? decimal(decimal, odd) : nested(type, odd);
    }
    return switch (simple.kind()) {
      case INT -> odd ? one(NUMBERS) : chance(0.1) ? "-" + upTo(99999999) : number();
      case DOUBLE -> odd ? one(NUMBERS) : real();
      case BOOLEAN -> odd ? one(List.of("tru", "True", "falsey", "1", "")) : "" + chance(0.5);
      case STRING -> odd ? oddText() : plain();
      case BYTES -> odd ? plain() : base64();
      case TIMESTAMP -> odd ? one(TIMES) : time();
      case DATE -> odd ? one(List.of("2026-02-30", "2026-1-1", "x", "")) : "2026-01-1" + upTo(9);
      case DURATION -> odd ? one(List.of("P", "PT", "1h", "-PT1S", "")) : "PT" + upTo(90) + ".5S";
      case JSON -> odd ? one(List.of("{", "[1,", "{\"a\":1,\"a\":2}", "nul")) : json(3);
    };
  }

  private String number() {
    return chance(0.2) ? one(LARGE) : String.valueOf(upTo(1 << upTo(30)));
  }

  private String real() {
    String sign = chance(0.3) ? "-" : "";
    String whole = String.valueOf(upTo(1 << upTo(24)));
    return sign + whole + (chance(0.7) ? "." + upTo(1 << upTo(20)) : "");
  }

  private String decimal(DataType.Decimal type, boolean odd) {
    return odd ? one(NUMBERS) : type.precision() > type.scale() ? "" + upTo(9) : "0";
  }

  private String time() {
    String text = "2026-01-31T12:0" + upTo(2) + ":" + upTo(5) + upTo(9);
    if (chance(0.5)) {
      text += "." + "123456789012".substring(0, 1 + upTo(11));
    }
    return text + (chance(0.95) ? "Z" : "z");
  }

  private String plain() {
    StringBuilder text = new StringBuilder();
    for (int i = upTo(30); i > 0; i--) {
      text.append((char) ('a' + upTo(25)));
    }
    return text.toString();
  }

  private String base64() {
    return Base64.getEncoder().encodeToString(plain().getBytes(StandardCharsets.US_ASCII));
  }

  private String oddText() {
    return plain()
        + one(
            List.of(
                bytes("é☃𝄞"),
                "\\n",
                "\\u00e9",
                "\\ud834\\udd1e",
                "\\ud800",
                "\\x",
                "\\",
                "\t",
                "\u0000",
                "\u007f",
                "\u00c3",
                "\u00ff",
                "\u00ed\u00a0\u0080",
                "\u00c0\u0080",
                "\\u0000",
                " ",
                "'",
                "x".repeat(300)))
        + plain();
  }

  /** The bytes of a text, each as one char. */
  public static String bytes(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  private String nested(DataType type, boolean odd) {
    if (!odd) {
      return type instanceof DataType.ListOf
          ? one(List.of("[]", "[1]", "[1, null,3]", "[1.0,-0]"))
          : type instanceof DataType.MapOf
              ? one(List.of("{}", "{\"k\":\"v\",\"l\": \"\"}"))
              : one(List.of("{\"x\":1.5,\"y\":\"t\"}", "{ \"y\":\"\\u00e9\",\"x\":null}"));
    }
    if (type instanceof DataType.ListOf) {
      return one(List.of("[]", "[1]", "[1, null,3]", "[1,\"x\"]", "[[1]]", "[1.0,-0]", "[1,]"));
    }
    if (type instanceof DataType.MapOf) {
      return one(
          List.of(
              "{}",
              "{\"k\":\"v\"}",
              "{\"k\":\"v\",\"l\": \"\"}",
              "{\"k\":1}",
              "{\"k\":\"v\",\"k\":\"w\"}",
              "[]"));
    }
    return one(
        List.of(
            "{\"x\":1.5,\"y\":\"t\"}",
            "{\"y\":\"t\"}",
            "{\"y\":\"t\",\"x\":null}",
            "{}",
            "{\"x\":2,\"y\":\"t\",\"z\":[{}]}",
            "{\"x\":2,\"y\":null}",
            "{\"y\":\"a\",\"y\":\"b\"}"));
  }

  /** A JSON value. */
  public String json(int depth) {
    if (depth == 0 || chance(0.6)) {
      return one(List.of("1", "-2.5e3", "null", "true", "\"t\"", "\"\\n\"", "\"\"", "[]", "{}"));
    }
    return chance(0.5)
        ? "[" + json(depth - 1) + "," + json(depth - 1) + "]"
        : "{\"p\":" + json(depth - 1) + ", \"q\":" + json(depth - 1) + "}";
  }

  /** The record with a byte changed, put in or left out, or cut off; never a line feed put in. */
  public String mutated(String record) {
    if (record.isEmpty()) {
      return record;
    }
    int at = random.nextInt(record.length());
    String before = record.substring(0, at);
    char other = chance(0.5) ? one(List.of('"', ',', ':', '{', '}', ' ', '\\')) : odd();
    return switch (upTo(4)) {
      case 0 -> before;
      case 1 -> before + record.substring(at + 1);
      case 2 -> before + other + record.substring(at);
      case 3 -> before + record.charAt(at) + record.substring(at);
      default -> before + other + record.substring(at + 1);
    };
  }

  private char odd() {
    char c = (char) random.nextInt(256);
    return c == '\n' ? 'n' : c;
  }
}
