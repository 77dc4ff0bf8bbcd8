package io.penstock.dsl.language.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.problem.Origin;
import io.penstock.api.problem.Problems;
import io.penstock.dsl.language.text.SourceText;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each text holds words w1, w2, ...: each word of the value must be found where it was written. */
final class ScalarPlacesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "k: w1 + w2\n",
        "k: w1 +\n   w2\n\n\n   w3\nl: x\n",
        "k:\n  w1 + w2   \n  w3 # comment\n",
        "k: 'w1 ''w2'' w3'\n",
        "k: 'w1\n  w2 ''\n\n  w3'\n",
        "k: \"w1 \\\"w2\\\" \\u00e9\\x41\\n w3 \\U0001F600w4\"\n",
        "k: \"w1 \\\n   w2\\\n   \\ w3\n\n   w4\"\n",
        "k: |\n  w1 w2\n\n    w3\n  w4\n",
        "k: |-\n\n  w1\n  w2\n",
        "k: |+\n  w1\n\n  w2\n\n\nl: x\n",
        "k: |2\n    w1\n  w2\n",
        "k: >\n  w1 w2\n  w3\n\n\n  w4\n    w5\n    w6\n\n  w7\n",
        "k: >-\n\n\n  w1\n  w2\n",
        "k: { a: w1 + w2, b: 'w3' }\n",
        "k:\r\n  w1 +\r\n  w2\r\n",
        "k: |\r\n  w1\r\n  w2\r\n\r\n  w3\r\n",
        "\u00e9\uD83D\uDE00: \uD83D\uDE00 w1 \uD83D\uDE00 w2\n",
        "k: &anchor w1 + w2\nl: *anchor\n",
        "k:\n  - w1\n  - >-\n    w2\n    w3\n",
      })
  void findsEachWordWhereItWasWritten(String yaml) {
    Problems problems = new Problems();
    SourceText text = SourceText.of("t.yaml", yaml);

    SyntaxTree tree = SyntaxTree.read(text, problems).orElseThrow();

    assertTrue(problems.inFileOrder().isEmpty(), problems.inFileOrder().toString());
    tree.root().entries().forEach(entry -> check(entry.value(), text));
  }

  private static void check(SyntaxNode node, SourceText text) {
    if (node instanceof Mapping mapping) {
      mapping.entries().forEach(entry -> check(entry.value(), text));
    } else if (node instanceof Sequence sequence) {
      sequence.elements().forEach(element -> check(element, text));
    } else if (node instanceof Scalar scalar) {
      check(scalar, text);
    }
  }

  private static void check(Scalar scalar, SourceText text) {
    for (int n = 1; scalar.text().contains("w" + n) || n < 8; n++) {
      int offset = scalar.text().indexOf("w" + n);
      if (offset < 0) {
        continue;
      }
      Origin found = scalar.places().at(offset, 2);
      int index = text.text().indexOf("w" + n);
      assertEquals(text.origin(index, 2), found, scalar.text());
    }
  }
}
