package io.penstock.core.expression.function;

import static io.penstock.core.expression.function.CallsForTests.call;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.penstock.api.problem.ProblemCode;
import io.penstock.json.Json;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EncodingsTest {
  @ParameterizedTest
  @CsvSource({
    "192.168.1.7, 192.168.0.0/16, true",
    "192.169.1.7, 192.168.0.0/16, false",
    "10.0.0.129, 10.0.0.128/25, true",
    "10.0.0.127, 10.0.0.128/25, false",
    "1.2.3.4, 0.0.0.0/0, true",
    "1.2.3.4, 1.2.3.4, true",
    "::1, 0.0.0.0/0, false",
    "2001:db8:0:1::5, 2001:db8::/48, true",
    "2001:db8:1:1::5, 2001:db8::/48, false",
    "::ffff:1.2.3.4, ::ffff:0:0/96, true",
  })
  void findsAddressesInNetworks(String address, String network, boolean inside) {
    assertEquals(inside, Identity.ipInCidr(call(), address, network));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1.2.3",
        "1.2.3.256",
        "01.2.3.4",
        "1.2.3.4.5",
        "::1::",
        "12345::",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "localhost",
        "1.2.3.4/8",
        ":::",
        "1:2:3:4:5:6:7:1.2.3.4"
      })
  void refusesTextsThatAreNoAddress(String text) {
    assertEquals(Optional.empty(), Addresses.read(text).map(b -> b.length));
  }

  @Test
  void refusesBytesThatAreNoText() {
    TextEdgesTest.assertCode(
        ProblemCode.D205, () -> Encodings.decodeUtf8(new byte[] {(byte) 0xC3, 0x28}));
    TextEdgesTest.assertCode(
        ProblemCode.D205, () -> Encodings.decodeUtf8(new byte[] {(byte) 0xED, (byte) 0xA0, 0}));
  }

  @Test
  void takesUrlsApart() {
    assertEquals(
        Arrays.asList("http", "u:p", "h", null, "", "q", null),
        Arrays.asList(Urls.parseUrl("http://u:p@h?q")));
    assertEquals(
        Arrays.asList("mailto", null, null, null, "a@b.c", null, null),
        Arrays.asList(Urls.parseUrl("MAILTO:a@b.c")));
    TextEdgesTest.assertCode(ProblemCode.D205, () -> Urls.parseUrl("/a/b"));
    TextEdgesTest.assertCode(ProblemCode.D205, () -> Urls.parseUrl("http://h:70000/"));
    TextEdgesTest.assertCode(ProblemCode.D205, () -> Encodings.decodeUrl("%zz"));
    TextEdgesTest.assertCode(ProblemCode.D205, () -> Encodings.decodeUrl("%ff"));
  }

  @Test
  void readsLinesOfCsv() {
    assertEquals(List.of("a", "b \"c\"", "", "d"), Encodings.parseCsv("a,\"b \"\"c\"\"\",,d"));
    assertEquals(List.of(""), Encodings.parseCsv(""));
    assertEquals(List.of("", ""), Encodings.parseCsv(","));
    TextEdgesTest.assertCode(ProblemCode.D205, () -> Encodings.parseCsv("\"a"));
    TextEdgesTest.assertCode(ProblemCode.D205, () -> Encodings.parseCsv("\"a\"b,c"));
  }

  @Test
  void readsPairs() {
    assertEquals(
        Map.of("a", "1", "b", "x \"y\"", "c", ""),
        Encodings.parseKeyValue("a=1   b=\"x \\\"y\\\"\" c a=2"));
    TextEdgesTest.assertCode(ProblemCode.D205, () -> Encodings.parseKeyValue("a=\"1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a..b", "a[", "a[x]", "a['b]", ".", "a."})
  void refusesPathsThatCannotBeRead(String path) {
    TextEdgesTest.assertCode(ProblemCode.D206, () -> JsonPath.of(path));
  }

  @Test
  void setsDeepInside() {
    Json json = Json.parse("{\"a\": [1, {\"b\": 2}]}");

    assertEquals(
        "{\"a\":[1,{\"b\":9}]}", JsonPath.of("$.a[-1].b").set(json, Json.ofNumber(9)).toText());
    assertEquals(
        "{\"a\":[1,{\"b\":2},null,true]}", JsonPath.of("a[3]").set(json, Json.of(true)).toText());
    TextEdgesTest.assertCode(
        ProblemCode.D204, () -> JsonPath.of("a[0].x").set(json, Json.of(true)));
    TextEdgesTest.assertCode(
        ProblemCode.D206, () -> JsonPath.of("a[999999999]").set(json, Json.of(true)));
  }
}
