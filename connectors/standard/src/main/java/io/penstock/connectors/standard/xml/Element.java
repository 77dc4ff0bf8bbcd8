package io.penstock.connectors.standard.xml;

import io.penstock.json.JsonBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An element that was read.
 *
 * @param attributes by name; those that declare name spaces are left out
 * @param children in their order
 * @param text its own text, that of its children left out
 */
record Element(String name, Map<String, String> attributes, List<Element> children, String text) {
  /** What stands before the name of an attribute where it must not be taken for an element. */
  static final String ATTRIBUTE = "@";

  /** The name of an element's own text where it has more than that. */
  static final String TEXT = "#text";

  private static final String NIL = "xsi:nil";

  /** The value of an attribute, as an element. */
  static Element ofText(String name, String text) {
    return new Element(name, Map.of(), List.of(), text);
  }

  /** Whether it says of itself that it is null. */
  boolean isNil() {
    return "true".equals(attributes.get(NIL)) || "1".equals(attributes.get(NIL));
  }

  /** Its children of a name. */
  List<Element> children(String wanted) {
    List<Element> found = new ArrayList<>(1);
    for (Element child : children) {
      if (child.name.equals(wanted)) {
        found.add(child);
      }
    }
    return found;
  }

  /** Its parts by name: attributes, which have a mark, then children; a name may have several. */
  Map<String, List<Element>> parts() {
    Map<String, List<Element>> parts = new LinkedHashMap<>();
    attributes.forEach(
        (key, value) -> parts.put(ATTRIBUTE + key, List.of(ofText(ATTRIBUTE + key, value))));
    for (Element child : children) {
      parts.computeIfAbsent(child.name, key -> new ArrayList<>(1)).add(child);
    }
    return parts;
  }

  /** Appends it as json: a text, or an object where it has parts. */
  void appendTo(JsonBuilder json) {
    if (isNil()) {
      json.addNull();
    } else if (attributes.isEmpty() && children.isEmpty()) {
      json.addText(text);
    } else {
      appendObject(json);
    }
  }

  /** Appends it as an object, its own text among its members. */
  void appendObject(JsonBuilder json) {
    int begun = json.beginObject();
    parts().forEach((key, values) -> append(key, values, json));
    String own = text.strip();
    if (!own.isEmpty()) {
      json.name(TEXT).addText(own);
    }
    json.end(begun);
  }

  /** Appends a member of an object; several values are a list. */
  static void append(String key, List<Element> values, JsonBuilder json) {
    json.name(key);
    if (values.size() == 1) {
      values.get(0).appendTo(json);
      return;
    }
    int begun = json.beginList();
    values.forEach(value -> value.appendTo(json));
    json.end(begun);
  }
}
