package io.penstock.dsl.language.document;

import java.util.List;

/**
 * A function as the reference shows it.
 *
 * @param family the heading under which it stands
 * @param signature with types, {@code round(decimal, int) -> decimal}
 * @param examples expressions with their results
 */
public record FunctionPage(
    String family, String name, String signature, String summary, List<String> examples) {
  public FunctionPage {
    examples = List.copyOf(examples);
  }
}
