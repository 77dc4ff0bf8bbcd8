package io.penstock.api.lookup;

import io.penstock.api.option.ExpressionText;
import io.penstock.api.option.Template;
import java.util.List;

/**
 * A part of what is asked by.
 *
 * @param name as it is named in tests of a pipeline and in messages
 * @param isText whether its value is made a text; otherwise it has the type that it is of
 */
public record KeyPart(String name, ExpressionText value, boolean isText) {
  /** The parts that a template is computed of, in its order. */
  public static List<KeyPart> of(Template template) {
    return template.expressions().stream()
        .map(text -> new KeyPart(text.text().strip(), text, true))
        .toList();
  }
}
