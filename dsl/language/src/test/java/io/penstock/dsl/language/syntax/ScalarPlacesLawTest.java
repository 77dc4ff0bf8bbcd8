package io.penstock.dsl.language.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.problem.Origin;
import io.penstock.api.problem.Problems;
import io.penstock.dsl.language.text.SourceText;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** In documents made up of pieces, each char of a value stands in the file where it is said to. */
final class ScalarPlacesLawTest {
  private static final int DOCUMENTS = 5_000;
  private static final List<String> BEGINNINGS =
      List.of(
          "k: ",
          "k: '",
          "k: \"",
          "k: |\n  ",
          "k: >\n  ",
          "k: >-\n\n  ",
          "k: |2-\n   ",
          "k: { a: ",
          "k: [ ",
          "k:\n  ",
          "k: &x ");
  private static final List<String> ENDS =
      List.of("\n", "'\n", "\"\n", "\n", "\n", "\n", "\n", " }\n", " ]\n", "\n", "\n");
  private static final List<String> PIECES =
      List.of(
          "a",
          "bb",
          " ",
          "  ",
          "\n",
          "\n  ",
          "\n    ",
          "\n\n  ",
          "'",
          "''",
          "\"",
          "\\\"",
          "\\n",
          "\\\n  ",
          "x + y",
          "# c",
          "\u00e9",
          "\uD83D\uDE00",
          "\t",
          "\r\n  ",
          "\\x41",
          "\\u00e9",
          ":",
          "-",
          "|",
          "\n\n\n  ",
          "\n   z");

  @Test
  void findsEachCharacterWhereItIsWritten() {
    Random random = new Random(20261124);
    int read = 0;
    for (int i = 0; i < DOCUMENTS; i++) {
      SourceText text = SourceText.of("t.yaml", document(random));
      Problems problems = new Problems();
      Optional<SyntaxTree> tree = SyntaxTree.read(text, problems);
      if (tree.isPresent() && !problems.hasErrors()) {
        check(tree.get().root(), text);
        read++;
      }
    }
    assertTrue(read > DOCUMENTS / 2, "only " + read + " documents could be read");
  }

  private static String document(Random random) {
    int kind = random.nextInt(BEGINNINGS.size());
    StringBuilder yaml = new StringBuilder(random.nextBoolean() ? "" : "h: 1\n");
    yaml.append(BEGINNINGS.get(kind));
    int pieces = 1 + random.nextInt(9);
    for (int i = 0; i < pieces; i++) {
      yaml.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return yaml.append(ENDS.get(kind)).append(random.nextBoolean() ? "" : "l: q\n").toString();
  }

  private static void check(SyntaxNode node, SourceText text) {
    if (node instanceof Mapping mapping) {
      mapping.entries().forEach(entry -> check(entry.value(), text));
    } else if (node instanceof Sequence sequence) {
      sequence.elements().forEach(element -> check(element, text));
    } else {
      check((Scalar) node, text);
    }
  }

  private static void check(Scalar scalar, SourceText text) {
    for (int i = 0; i < scalar.text().length(); i++) {
      char c = scalar.text().charAt(i);
      Origin place = scalar.places().at(i, 1);
      int index = text.index(place.line(), place.column());
      char written = index < text.text().length() ? text.text().charAt(index) : '\n';
      boolean changed = Character.isWhitespace(c) || Character.isSurrogate(c) || written == '\\';
      if (!changed) {
        assertEquals(written, c, text.text());
      }
    }
  }
}
