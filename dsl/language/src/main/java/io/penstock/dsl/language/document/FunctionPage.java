package io.penstock.dsl.language.document;

import java.util.List;

/**
 * A function as the reference shows it.
 *
 * @param family the heading under which it stands
 * @param signature with types, {@code round(decimal, int) -> decimal}
 * @param examples expressions with their results
 * @param lists names that go with it, each list under a heading
 */
public record FunctionPage(
    String family,
    String name,
    String signature,
    String summary,
    List<String> examples,
    List<Names> lists) {
  public FunctionPage {
    examples = List.copyOf(examples);
    lists = List.copyOf(lists);
  }

  /** A page without lists. */
  public FunctionPage(
      String family, String name, String signature, String summary, List<String> examples) {
    this(family, name, signature, summary, examples, List.of());
  }

  /** Names under a heading. */
  public record Names(String heading, List<String> names) {
    public Names {
      names = List.copyOf(names);
    }
  }
}
