package io.penstock.dsl.launcher.test;

import io.penstock.api.problem.Nearest;
import io.penstock.api.problem.Origin;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.problem.Problems;
import io.penstock.dsl.language.syntax.Mapping;
import io.penstock.dsl.language.syntax.Scalar;
import io.penstock.dsl.language.syntax.Sequence;
import io.penstock.dsl.language.syntax.SyntaxNode;
import io.penstock.dsl.language.syntax.SyntaxTree;
import io.penstock.dsl.language.text.SourceText;
import io.penstock.dsl.launcher.test.TestCase.Expected;
import io.penstock.dsl.launcher.test.TestCase.Match;
import io.penstock.dsl.launcher.test.TestCase.Target;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a file of tests; what is wrong goes to the problems. */
final class TestFileReader {
  private static final List<String> FILE_KEYS = List.of("pipeline", "tests");
  private static final List<String> TEST_KEYS =
      List.of("name", "description", "given", "tables", "lookups", "params", "then");
  private static final List<String> EXPECTED_KEYS = List.of("rows", "in_order", "contains");

  private final Problems problems;

  TestFileReader(Problems problems) {
    this.problems = problems;
  }

  Optional<TestFile> read(SourceText text) {
    Optional<SyntaxTree> tree = SyntaxTree.read(text, problems);
    if (tree.isEmpty()) {
      return Optional.empty();
    }
    Mapping root = tree.get().root();
    onlyKeys(root, FILE_KEYS);
    String pipeline =
        root.value("pipeline").map(node -> text(node, "pipeline")).orElse(besides(text));
    List<TestCase> tests = new ArrayList<>();
    Optional<SyntaxNode> list = root.value("tests");
    if (list.isEmpty()) {
      missing(root.origin(), "tests", "a list of tests, each with `given:` and `then:`");
    } else if (list.get() instanceof Sequence sequence) {
      sequence.elements().forEach(node -> testCase(node).ifPresent(tests::add));
    } else {
      wrongForm(list.get(), "tests", "a list of tests");
    }
    return Optional.of(new TestFile(text, pipeline, tests));
  }

  /** {@code orders.test.yaml} is about {@code orders.yaml}. */
  private static String besides(SourceText text) {
    String name = text.name().substring(text.name().lastIndexOf('/') + 1);
    return name.endsWith(".test.yaml")
        ? name.substring(0, name.length() - ".test.yaml".length()) + ".yaml"
        : "../pipeline.yaml";
  }

  private Optional<TestCase> testCase(SyntaxNode node) {
    if (!(node instanceof Mapping mapping)) {
      wrongForm(node, "tests", "a list of maps, each a test");
      return Optional.empty();
    }
    onlyKeys(mapping, TEST_KEYS);
    Optional<SyntaxNode> name = mapping.value("name");
    if (name.isEmpty()) {
      missing(mapping.origin(), "name", "a sentence that says what must hold");
    }
    if (mapping.value("then").isEmpty()) {
      missing(mapping.origin(), "then", "the rows of at least one sink");
    }
    Map<String, String> parameters = new LinkedHashMap<>();
    for (Mapping.Entry entry : entries(mapping, "params")) {
      parameters.put(entry.name(), text(entry.value(), entry.name()));
    }
    List<Expected> then = new ArrayList<>();
    entries(mapping, "then").forEach(entry -> expected(entry).ifPresent(then::add));
    return Optional.of(
        new TestCase(
            name.map(n -> text(n, "name")).orElse("without a name"),
            mapping.origin(),
            lists(mapping, "given"),
            lists(mapping, "tables"),
            lists(mapping, "lookups"),
            parameters,
            then));
  }

  private Map<Target, Sequence> lists(Mapping test, String key) {
    Map<Target, Sequence> lists = new LinkedHashMap<>();
    for (Mapping.Entry entry : entries(test, key)) {
      if (entry.value() instanceof Sequence sequence) {
        lists.put(new Target(entry.name(), entry.key().origin()), sequence);
      } else {
        wrongForm(entry.value(), entry.name(), "a list of rows");
      }
    }
    return lists;
  }

  private Optional<Expected> expected(Mapping.Entry entry) {
    Target sink = new Target(entry.name(), entry.key().origin());
    if (entry.value() instanceof Sequence sequence) {
      return Optional.of(new Expected(sink, Match.ANY_ORDER, rows(sequence), sequence));
    }
    if (!(entry.value() instanceof Mapping mapping)) {
      wrongForm(entry.value(), entry.name(), "a list of rows");
      return Optional.empty();
    }
    onlyKeys(mapping, EXPECTED_KEYS);
    Optional<SyntaxNode> contains = mapping.value("contains");
    Optional<SyntaxNode> rows = contains.isPresent() ? contains : mapping.value("rows");
    if (rows.isEmpty() || !(rows.get() instanceof Sequence sequence)) {
      wrongForm(mapping, entry.name(), "a list of rows, or `{ rows: [...], in_order: true }`");
      return Optional.empty();
    }
    boolean inOrder = mapping.value("in_order").map(this::isTrue).orElse(false);
    Match match =
        contains.isPresent() ? Match.CONTAINS : inOrder ? Match.IN_ORDER : Match.ANY_ORDER;
    return Optional.of(new Expected(sink, match, rows(sequence), sequence));
  }

  private boolean isTrue(SyntaxNode node) {
    String text = text(node, "in_order");
    if (!text.equals("true") && !text.equals("false")) {
      wrongForm(node, "in_order", "true or false");
    }
    return text.equals("true");
  }

  private List<Mapping> rows(Sequence sequence) {
    List<Mapping> rows = new ArrayList<>();
    for (SyntaxNode element : sequence.elements()) {
      if (element instanceof Mapping row) {
        rows.add(row);
      } else {
        wrongForm(element, "then", "rows, each a map such as `{ country: FR }`");
      }
    }
    return rows;
  }

  private List<Mapping.Entry> entries(Mapping test, String key) {
    Optional<SyntaxNode> value = test.value(key);
    if (value.isEmpty()) {
      return List.of();
    }
    if (value.get() instanceof Mapping mapping) {
      return mapping.entries();
    }
    wrongForm(value.get(), key, "a map");
    return List.of();
  }

  private String text(SyntaxNode node, String key) {
    if (node instanceof Scalar scalar) {
      return scalar.text();
    }
    wrongForm(node, key, "a text");
    return "";
  }

  private void onlyKeys(Mapping mapping, List<String> known) {
    for (Mapping.Entry entry : mapping.entries()) {
      if (!known.contains(entry.name())) {
        problems.add(
            ProblemCode.E101,
            entry.key().origin(),
            "unknown key `" + entry.name() + "` in a test file",
            Nearest.hint(entry.name(), "keys here", known));
      }
    }
  }

  private void missing(Origin at, String key, String what) {
    problems.add(ProblemCode.E103, at, "`" + key + "` is missing", "add `" + key + ":`, " + what);
  }

  private void wrongForm(SyntaxNode node, String key, String wanted) {
    problems.add(
        ProblemCode.E104,
        node.origin(),
        "`" + key + "` must be " + wanted + ", not " + node.kind(),
        "write " + wanted);
  }
}
