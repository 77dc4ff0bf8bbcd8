package io.penstock.core.expression.function;

import io.penstock.core.expression.EvaluationException;
import io.penstock.json.Json;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.MissingResourceException;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads a document of XML as a json value. No document types and no entities of a document's own,
 * so that nothing outside is read and nothing grows. Used once.
 */
final class XmlText {
  private static final int MAX_DEPTH = 100;
  private static final String TEXT = "#text";

  private final String text;
  private final Deque<Element> open = new ArrayDeque<>();

  private XmlText(String text) {
    this.text = text;
    open.push(new Element(""));
  }

  /** An element that is being read. */
  private static final class Element {
    final String name;
    final Map<String, List<Json>> parts = new LinkedHashMap<>();
    final StringBuilder text = new StringBuilder();

    Element(String name) {
      this.name = name;
    }

    void add(String part, Json value) {
      parts.computeIfAbsent(part, p -> new ArrayList<>(1)).add(value);
    }

    Json value() {
      if (parts.isEmpty()) {
        return Json.ofText(text.toString());
      }
      Map<String, Json> members = new LinkedHashMap<>();
      parts.forEach(
          (part, values) ->
              members.put(part, values.size() == 1 ? values.get(0) : Json.list(values)));
      String own = text.toString().strip();
      if (!own.isEmpty()) {
        members.put(TEXT, Json.ofText(own));
      }
      return Json.object(members);
    }
  }

  /** A factory for readers that read nothing but the text at hand. */
  static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    return factory;
  }

  /** Reads a text at a place that keeps its factory, because making one takes long. */
  static Json readAt(Call call, String text) {
    XMLInputFactory factory = call.remember(0, "factory", key -> factory());
    return read(factory, text);
  }

  static Json read(XMLInputFactory factory, String text) {
    if (text.length() > Failure.MAX_TEXT_BYTES) {
      throw Failure.longText();
    }
    try {
      XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(text));
      return new XmlText(text).document(reader);
    } catch (XMLStreamException broken) {
      int line =
          broken.getLocation() == null ? 1 : Math.max(1, broken.getLocation().getLineNumber());
      throw Failure.text(text, "XML: it is not well-formed, in line " + line);
    } catch (MissingResourceException unsaid) {
      // The parser of the JDK has no words for some mistakes in document types.
      throw Failure.text(text, "XML: it is not well-formed");
    }
  }

  private Json document(XMLStreamReader reader) throws XMLStreamException {
    while (reader.hasNext()) {
      switch (reader.next()) {
        case XMLStreamConstants.START_ELEMENT -> begin(reader);
        case XMLStreamConstants.END_ELEMENT -> {
          Element ended = open.pop();
          open.getFirst().add(ended.name, ended.value());
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
            open.getFirst().text.append(reader.getText());
        case XMLStreamConstants.DTD -> throw wrong("a document type is not read", reader);
        case XMLStreamConstants.ENTITY_REFERENCE ->
            throw wrong("the entity `" + reader.getLocalName() + "` is not known", reader);
        default -> {}
      }
    }
    return open.getFirst().value();
  }

  private void begin(XMLStreamReader reader) {
    if (open.size() > MAX_DEPTH) {
      throw wrong("it is nested deeper than 100", reader);
    }
    Element element = new Element(reader.getLocalName());
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      String prefix = reader.getAttributePrefix(i);
      String before = prefix == null || prefix.isEmpty() ? "@" : "@" + prefix + ":";
      element.add(
          before + reader.getAttributeLocalName(i), Json.ofText(reader.getAttributeValue(i)));
    }
    open.push(element);
  }

  private EvaluationException wrong(String why, XMLStreamReader at) {
    return Failure.text(text, "XML: " + why + ", in line " + at.getLocation().getLineNumber());
  }
}
