package io.penstock.core.expression.function;

import io.penstock.core.expression.function.Function.Family;
import io.penstock.core.expression.yaml.YamlText;
import io.penstock.json.Json;
import org.jspecify.annotations.Nullable;

/** Functions that read documents of other kinds, and packed bytes. */
public final class Documents {
  private Documents() {}

  @Function(
      family = Family.ENCODINGS,
      signature = "(text: string) -> json",
      summary =
          "The document of XML as json: an element is a text, or an object with its attributes (@name), its elements (a list where a name repeats) and its text (#text).",
      examples = {
        "format_json(parse_xml('<a id=\"7\">x<b>1</b><b>2</b><c/></a>')) == '{\"a\":{\"@id\":\"7\",\"b\":[\"1\",\"2\"],\"c\":\"\",\"#text\":\"x\"}}'",
        "parse_xml('<order><id>7</id></order>').order.id == '7'"
      },
      fails = "the text is no XML, has a document type, or is nested deeper than 100 elements")
  public static Json parseXml(Call call, String text) {
    return XmlText.readAt(call, text);
  }

  @Function(
      family = Family.ENCODINGS,
      signature = "(text: string) -> json?",
      summary =
          "The only document of a text of YAML 1.2 as json; keys are texts, anchors are put in.",
      examples = {
        "format_json(parse_yaml('{a: [1, 0x1f, yes, ~], b: \"2\"}')) == '{\"a\":[1,31,\"yes\",null],\"b\":\"2\"}'",
        "parse_yaml('a: &x 1\\nb: *x').b == 1",
        "parse_yaml('') === null"
      },
      fails =
          "the text is no YAML, has tags, merge keys or a key twice, or would be larger than 16 MiB")
  public static @Nullable Json parseYaml(String text) {
    Json value = YamlText.read(text);
    return value.isNull() ? null : value;
  }

  @Function(
      family = Family.ENCODINGS,
      signature = "(value: any) -> bytes",
      summary = "A text (as UTF-8) or bytes, packed by gzip.",
      examples = "decode_utf8(gunzip(gzip('abc'))) == 'abc'",
      typing = TextOrBytes.class)
  public static byte[] gzip(Object value) {
    return GzipBytes.pack(Hashes.bytes(value));
  }

  @Function(
      family = Family.ENCODINGS,
      signature = "(packed: bytes) -> bytes",
      summary = "The bytes that gzip has packed.",
      examples = "decode_utf8(gunzip(decode_base64('H4sIAAAAAAAA/0tMSgYAwkEkNQMAAAA='))) == 'abc'",
      fails = "the bytes are no gzip, are damaged, or unpack to more than 16 MiB")
  public static byte[] gunzip(byte[] packed) {
    return GzipBytes.unpack(packed);
  }
}
