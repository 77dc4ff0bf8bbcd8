package io.penstock.dsl.language.bind;

import io.penstock.api.problem.Origin;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.problem.Problems;
import io.penstock.dsl.language.syntax.Mapping;
import io.penstock.dsl.language.syntax.Scalar;
import io.penstock.dsl.language.syntax.Sequence;
import io.penstock.dsl.language.syntax.SyntaxNode;
import io.penstock.dsl.language.syntax.SyntaxTree;
import io.penstock.dsl.language.text.NamedFiles;
import io.penstock.dsl.language.text.SourceText;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the files of {@code use:}, and those that they use. */
final class UsedFiles {
  private static final int MOST_FILES = 100;
  private static final List<String> SHARED =
      List.of(
          "connections",
          "chains",
          "functions",
          "schemas",
          "patterns",
          "use",
          "description",
          "version");

  private final NamedFiles files;
  private final Texts texts;
  private final Problems problems;
  private final String folder;
  private final List<SyntaxTree> trees = new ArrayList<>();
  private final Set<String> read = new java.util.HashSet<>();
  private final Deque<String> open = new ArrayDeque<>();

  UsedFiles(SourceText pipeline, NamedFiles files, Texts texts, Problems problems) {
    this.files = files;
    this.texts = texts;
    this.problems = problems;
    int slash = pipeline.name().lastIndexOf('/');
    this.folder = pipeline.name().substring(0, slash + 1);
    open.push(pipeline.name().substring(slash + 1));
  }

  /** The documents that are used, each once, in the order of the file. */
  List<SyntaxTree> of(SyntaxNode node) {
    readAll(node, "");
    return List.copyOf(trees);
  }

  private void readAll(SyntaxNode node, String from) {
    if (node instanceof Sequence sequence) {
      sequence.elements().forEach(element -> readOne(element, from));
    } else {
      readOne(node, from);
    }
  }

  private void readOne(SyntaxNode node, String from) {
    if (!(node instanceof Scalar scalar) || scalar.text().isBlank()) {
      problems.add(
          ProblemCode.E104,
          node.origin(),
          "`use` must be a list of files, not "
              + (node instanceof Scalar ? "nothing" : "of " + node.kind()),
          "write `use: [lib/common.yaml]`");
      return;
    }
    String written = scalar.text();
    Origin at = scalar.origin();
    if (written.startsWith("/") || written.startsWith("\\") || written.matches("[A-Za-z]:.*")) {
      report(
          at,
          "`use` takes files relative to this one, not the absolute path " + Scalars.shown(written),
          "write the path from here");
      return;
    }
    Optional<String> path = resolved(from, written);
    if (path.isEmpty()) {
      report(at, "the path " + Scalars.shown(written) + " is none", "write the path of a file");
    } else if (open.contains(path.get())) {
      report(
          at,
          "the file " + Scalars.shown(written) + " uses itself",
          "move what both need into a third file");
    } else if (read.add(path.get())) {
      bytes(path.get(), at).ifPresent(bytes -> document(path.get(), bytes));
    }
  }

  private Optional<byte[]> bytes(String path, Origin at) {
    if (read.size() > MOST_FILES) {
      report(at, "more than " + MOST_FILES + " files are used", "put some of them together");
      return Optional.empty();
    }
    try {
      return Optional.of(files.read(path));
    } catch (IOException e) {
      report(
          at,
          "the file " + Scalars.shown(path) + " cannot be read: " + e.getMessage(),
          "name a file that is there, relative to this one");
      return Optional.empty();
    }
  }

  private void document(String path, byte[] bytes) {
    Optional<SourceText> text = SourceText.read(folder + path, bytes, problems);
    text.ifPresent(texts::add);
    Optional<SyntaxTree> tree = text.flatMap(t -> SyntaxTree.read(t, problems));
    if (tree.isEmpty()) {
      return;
    }
    for (Mapping.Entry entry : tree.get().root().entries()) {
      if (!SHARED.contains(entry.name())) {
        report(
            entry.key().origin(),
            "`" + entry.name() + "` may not stand in a used file",
            "keys here: " + String.join(", ", SHARED));
      }
    }
    open.push(path);
    tree.get().root().value("use").ifPresent(use -> readAll(use, path));
    open.pop();
    trees.add(tree.get());
  }

  /** The path from the pipeline's folder; empty where nothing is left of it. */
  private static Optional<String> resolved(String from, String written) {
    Deque<String> parts = new ArrayDeque<>();
    int slash = from.lastIndexOf('/');
    for (String part : (from.substring(0, slash + 1) + written).split("/")) {
      if (part.equals("..") && !parts.isEmpty() && !parts.peekLast().equals("..")) {
        parts.removeLast();
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.addLast(part);
      }
    }
    return parts.isEmpty() ? Optional.empty() : Optional.of(String.join("/", parts));
  }

  private void report(Origin at, String message, String hint) {
    problems.add(ProblemCode.E111, at, message, hint);
  }
}
