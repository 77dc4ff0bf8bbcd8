package io.penstock.connectors.standard.xml;

import io.penstock.json.ByteBuilder;
import io.penstock.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Writes json as elements: the members of an object are attributes ({@code @name}), its own text
 * ({@code #text}), or elements; a list is an element for each of its own.
 */
final class JsonElement {
  private final Json value;

  JsonElement(Json value) {
    this.value = value;
  }

  void write(String name, ByteBuilder to) {
    switch (value.kind()) {
      case NULL -> XmlText.nil(name, to);
      case LIST -> value.elements().forEach(element -> new JsonElement(element).write(name, to));
      case OBJECT -> {
        XmlText.open(name, to);
        attributes(to);
        to.append('>');
        parts(to);
        XmlText.close(name, to);
      }
      default -> {
        XmlText.open(name, to);
        to.append('>');
        text(false, to);
        XmlText.close(name, to);
      }
    }
  }

  /** The members that are attributes; nothing where it is no object. */
  void attributes(ByteBuilder to) {
    for (Map.Entry<String, Json> member : members().entrySet()) {
      if (isAttribute(member)) {
        to.append(' ');
        XmlText.name(member.getKey().substring(Element.ATTRIBUTE.length()), to);
        to.append("=\"");
        new JsonElement(member.getValue()).text(true, to);
        to.append('"');
      }
    }
  }

  /** What is in the element. */
  void parts(ByteBuilder to) {
    if (value.kind() != Json.Kind.OBJECT) {
      text(false, to);
      return;
    }
    for (Map.Entry<String, Json> member : members().entrySet()) {
      JsonElement part = new JsonElement(member.getValue());
      if (member.getKey().equals(Element.TEXT)) {
        part.text(false, to);
      } else if (!isAttribute(member)) {
        part.write(member.getKey(), to);
      }
    }
  }

  private Map<String, Json> members() {
    return value.kind() == Json.Kind.OBJECT ? value.members() : Map.of();
  }

  private static boolean isAttribute(Map.Entry<String, Json> member) {
    return member.getKey().startsWith(Element.ATTRIBUTE) && isScalar(member.getValue());
  }

  private static boolean isScalar(Json value) {
    return value.kind() != Json.Kind.OBJECT
        && value.kind() != Json.Kind.LIST
        && value.kind() != Json.Kind.NULL;
  }

  private void text(boolean quoted, ByteBuilder to) {
    String text = value.asText().orElseGet(value::toText);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    XmlText.text(bytes, 0, bytes.length, quoted, to);
  }
}
