package io.penstock.dsl.launcher.explain;

import io.penstock.dsl.language.syntax.Mapping;
import io.penstock.dsl.language.syntax.Scalar;
import io.penstock.dsl.language.syntax.Sequence;
import io.penstock.dsl.language.syntax.SyntaxNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A syntax tree as a document: keys with their places, texts with their style. */
public final class SyntaxDocument {
  private SyntaxDocument() {}

  public static Map<String, Object> of(Mapping root) {
    Map<String, Object> document = new LinkedHashMap<>();
    for (Mapping.Entry entry : root.entries()) {
      document.put(entry.name() + " @" + place(entry.key()), value(entry.value()));
    }
    return document;
  }

  private static Object value(SyntaxNode node) {
    if (node instanceof Mapping mapping) {
      return of(mapping);
    }
    if (node instanceof Sequence sequence) {
      List<Object> elements = new ArrayList<>();
      sequence.elements().forEach(element -> elements.add(value(element)));
      return elements;
    }
    Scalar scalar = (Scalar) node;
    String style =
        scalar.style() == Scalar.Style.PLAIN
            ? ""
            : " " + scalar.style().name().toLowerCase(Locale.ROOT);
    return scalar.text() + " @" + place(scalar) + style;
  }

  private static String place(SyntaxNode node) {
    return node.origin().line() + ":" + node.origin().column();
  }
}
