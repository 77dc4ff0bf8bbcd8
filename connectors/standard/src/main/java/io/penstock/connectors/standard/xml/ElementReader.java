package io.penstock.connectors.standard.xml;

import io.penstock.api.problem.ProblemCode;
import java.io.ByteArrayInputStream;
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
 * Reads the bytes of one record. No document types and no entities but those of XML itself, so that
 * nothing outside is read and nothing grows; names are taken with their prefix. Single-threaded.
 */
final class ElementReader {
  private static final int MAX_DEPTH = 100;
  private static final int MAX_ATTRIBUTES = 1000;
  private static final String UNLIMITED = "0";

  private final XMLInputFactory factory = XMLInputFactory.newDefaultFactory();

  ElementReader() {
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, true);
    factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    // The limits of our own say the same on every Java; its own differ from version to version.
    factory.setProperty("jdk.xml.maxElementDepth", UNLIMITED);
    factory.setProperty("jdk.xml.elementAttributeLimit", UNLIMITED);
  }

  /** An element whose end was not met yet. */
  private static final class Open {
    private final String name;
    private final Map<String, String> attributes;
    private final List<Element> children = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();

    Open(String name, Map<String, String> attributes) {
      this.name = name;
      this.attributes = attributes;
    }

    Element close() {
      return new Element(name, attributes, children, text.toString());
    }
  }

  /** The element that these bytes, well-formed UTF-8, are. */
  Element read(byte[] bytes, int from, int to) {
    try {
      XMLStreamReader reader =
          factory.createXMLStreamReader(new ByteArrayInputStream(bytes, from, to - from), "UTF-8");
      try {
        return element(reader);
      } finally {
        reader.close();
      }
    } catch (XMLStreamException | MissingResourceException e) {
      throw new BadElement(ProblemCode.D101, "this is no well-formed XML: " + said(e));
    }
  }

  private static Element element(XMLStreamReader reader) throws XMLStreamException {
    Deque<Open> open = new ArrayDeque<>();
    Open outside = new Open("", Map.of());
    while (reader.hasNext()) {
      Open inner = open.isEmpty() ? outside : open.peek();
      switch (reader.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          if (open.size() == MAX_DEPTH) {
            throw new BadElement(
                ProblemCode.D107, "its elements are nested deeper than " + MAX_DEPTH);
          }
          open.push(new Open(reader.getLocalName(), attributes(reader)));
        }
        case XMLStreamConstants.END_ELEMENT -> {
          Element done = open.pop().close();
          (open.isEmpty() ? outside : open.peek()).children.add(done);
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
            inner.text.append(reader.getText());
        case XMLStreamConstants.ENTITY_REFERENCE ->
            throw new BadElement(
                ProblemCode.D101, "the entity `&" + reader.getLocalName() + ";` is not known");
        default -> {
          // Comments and instructions are no data.
        }
      }
    }
    return outside.children.get(0);
  }

  private static Map<String, String> attributes(XMLStreamReader reader) {
    if (reader.getAttributeCount() > MAX_ATTRIBUTES) {
      throw new BadElement(
          ProblemCode.D107, "an element has more than " + MAX_ATTRIBUTES + " attributes");
    }
    Map<String, String> attributes = new LinkedHashMap<>();
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      String prefix = reader.getAttributePrefix(i);
      String local = reader.getAttributeLocalName(i);
      String name = prefix == null || prefix.isEmpty() ? local : prefix + ":" + local;
      if (!name.equals("xmlns") && !name.startsWith("xmlns:")) {
        attributes.put(name, reader.getAttributeValue(i));
      }
    }
    return attributes;
  }

  /** What a reader says, on one line and without its heading. */
  private static String said(Exception e) {
    String all = String.valueOf(e.getMessage());
    int message = all.indexOf("Message: ");
    String own = message < 0 ? all : all.substring(message + "Message: ".length());
    return own.replaceAll("\\s+", " ").strip();
  }
}
