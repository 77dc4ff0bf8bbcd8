package io.penstock.dsl.language.syntax;

import io.penstock.api.problem.Origin;
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.problem.Problems;
import io.penstock.dsl.language.text.SourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * A YAML document as nodes with places.
 *
 * @param text what was read
 * @param root the map that the document is
 */
public record SyntaxTree(SourceText text, Mapping root) {
  private static final int MOST_REPAIRS = 20;

  /** Reads a document that must be a map; what is wrong goes to the problems. */
  public static Optional<SyntaxTree> read(SourceText text, Problems problems) {
    List<Span> broken = new ArrayList<>();
    String readable = text.text();
    for (int repairs = 0; ; repairs++) {
      Problems found = new Problems();
      TreeBuilder builder = new TreeBuilder(text, readable, broken, found);
      try {
        Optional<SyntaxNode> root = builder.build();
        problems.addAll(found);
        return root.flatMap(node -> mapping(text, node, problems));
      } catch (LimitPassed passed) {
        problems.addAll(found);
        return Optional.empty();
      } catch (MarkedYAMLException stopped) {
        Failure failure = Failure.of(stopped, text, readable);
        boolean known = failure.problem().code() != ProblemCode.E003;
        if (repairs == 0 || known) {
          problems.add(failure.problem());
        }
        Optional<Span> repair = failure.repair().filter(span -> known && !broken.contains(span));
        if (repair.isEmpty() || repairs == MOST_REPAIRS) {
          problems.addAll(found);
          return Optional.empty();
        }
        broken.add(repair.get());
        readable = repair.get().blank(readable);
      } catch (YAMLException stopped) {
        // The library gives up on some mixtures of braces and indentation without saying where.
        if (repairs == 0) {
          problems.add(
              ProblemCode.E003,
              builder.lastRead(),
              "the YAML cannot be read from here on",
              "look for a brace, a bracket or a quote that is not closed");
        }
        problems.addAll(found);
        return Optional.empty();
      }
    }
  }

  private static Optional<SyntaxTree> mapping(SourceText text, SyntaxNode root, Problems problems) {
    if (root instanceof Mapping mapping) {
      return Optional.of(new SyntaxTree(text, mapping));
    }
    if (root instanceof Scalar scalar && scalar.isBroken()) {
      return Optional.empty();
    }
    if (root instanceof Scalar scalar && scalar.isNull()) {
      problems.add(empty(text));
      return Optional.empty();
    }
    problems.add(
        ProblemCode.E104,
        root.origin(),
        "the file must be a map such as `sources: ...`, not " + root.kind(),
        "begin with `sources:`");
    return Optional.empty();
  }

  static Problem empty(SourceText text) {
    return Problem.of(
        ProblemCode.E001,
        Origin.file(text.name()),
        "the pipeline file is empty",
        "write at least `sources:` and `sinks:`");
  }
}
