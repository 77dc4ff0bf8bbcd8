package io.penstock.connectors.standard.xml;

import io.penstock.api.data.BytesBuilder;
import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.Field;
import io.penstock.api.data.FieldPath;
import io.penstock.api.data.Schema;
import io.penstock.api.format.Format;
import io.penstock.api.problem.ProblemCode;
import io.penstock.json.JsonBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * Takes the fields of a schema from an element: a field is the elements of its name, else the
 * attribute of its name. {@code @name} is the attribute alone, {@code #text} the element's own
 * text. Single-threaded.
 */
final class FieldDecoder {
  private final Schema schema;
  private final Optional<FieldPath> path;
  private final boolean fails;
  private final PartDecoder[] decoders;
  private final JsonBuilder rest = new JsonBuilder();

  private FieldDecoder(Schema schema, Optional<FieldPath> path, Format.Decoding decoding) {
    this.schema = schema;
    this.path = path;
    this.fails = decoding.unknownFields() == Format.UnknownFields.FAIL;
    this.decoders = new PartDecoder[schema.fields().size()];
    for (int i = 0; i < decoders.length; i++) {
      Field field = schema.fields().get(i);
      decoders[i] = PartDecoders.of(field.type(), child(path, field.name()), decoding);
    }
  }

  /** For records. */
  static FieldDecoder of(Format.Decoding decoding) {
    return new FieldDecoder(decoding.schema(), Optional.empty(), decoding);
  }

  /** For elements within records. */
  static FieldDecoder of(Schema schema, FieldPath path, Format.Decoding decoding) {
    return new FieldDecoder(schema, Optional.of(path), decoding);
  }

  /** Each column gets one value. */
  void decode(Element element, IntFunction<ColumnBuilder> columns) {
    boolean whole = schema.fields().isEmpty() && schema.open();
    if (!whole && (fails || schema.open())) {
      others(element, columns);
    } else if (whole) {
      element.appendObject(rest.clear());
      add(columns);
    }
    for (int i = 0; i < decoders.length; i++) {
      decoders[i].decode(found(element, schema.fields().get(i).name()), columns.apply(i));
    }
  }

  private static List<Element> found(Element element, String name) {
    if (name.equals(Element.TEXT)) {
      return List.of(Element.ofText(name, element.text()));
    }
    List<Element> children =
        name.startsWith(Element.ATTRIBUTE) ? List.of() : element.children(name);
    if (!children.isEmpty()) {
      return children;
    }
    String attribute =
        name.startsWith(Element.ATTRIBUTE) ? name.substring(Element.ATTRIBUTE.length()) : name;
    String value = element.attributes().get(attribute);
    return value == null ? List.of() : List.of(Element.ofText(name, value));
  }

  /** What no field takes is refused, or kept. */
  private void others(Element element, IntFunction<ColumnBuilder> columns) {
    int begun = rest.clear().beginObject();
    for (Map.Entry<String, List<Element>> part : element.parts().entrySet()) {
      if (isTaken(part.getKey(), element)) {
        continue;
      }
      if (fails) {
        throw new BadElement(
            ProblemCode.D105, "`" + child(path, part.getKey()) + "` is not in the schema");
      }
      Element.append(part.getKey(), part.getValue(), rest);
    }
    boolean takesText = schema.field(Element.TEXT).isPresent();
    String own = element.text().strip();
    if (!own.isEmpty() && !takesText && !fails) {
      rest.name(Element.TEXT).addText(own);
    }
    rest.end(begun);
    if (schema.open()) {
      add(columns);
    }
  }

  private boolean isTaken(String part, Element element) {
    if (schema.field(part).isPresent()) {
      return true;
    }
    if (!part.startsWith(Element.ATTRIBUTE)) {
      return false;
    }
    // Where there are elements of its name, the attribute is not what the field is.
    String name = part.substring(Element.ATTRIBUTE.length());
    return name.startsWith("xsi:")
        || schema.field(name).isPresent() && element.children(name).isEmpty();
  }

  private void add(IntFunction<ColumnBuilder> columns) {
    ((BytesBuilder) columns.apply(schema.rest()))
        .add(rest.bytes().array(), 0, rest.bytes().length());
  }

  private static FieldPath child(Optional<FieldPath> parent, String name) {
    List<String> names = new ArrayList<>(parent.map(FieldPath::names).orElse(List.of()));
    names.add(name);
    return new FieldPath(names);
  }
}
