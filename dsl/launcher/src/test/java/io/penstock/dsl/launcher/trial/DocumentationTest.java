package io.penstock.dsl.launcher.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.penstock.dsl.launcher.trial.Terminal.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The snippets of the documents are true. A yaml block begins with a comment that names its file:
 * one of the repository, or one that the reader is to write. In a console block each line after
 * {@code $} is run; what follows must be in its output, where {@code ...} stands for any lines.
 */
final class DocumentationTest {
  private static final Pattern BLOCK =
      Pattern.compile("^```(yaml|console)\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);
  private static final Set<String> NOT_RUN_HERE = Set.of("mvn", "git", "cd", "engine/bench/run.sh");
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)");

  @TempDir Path temporary;

  @TestFactory
  Stream<DynamicTest> snippetsDoWhatTheDocumentsSay() {
    return documents()
        .map(
            document ->
                DynamicTest.dynamicTest(
                    Repository.ROOT.relativize(document).toString(), () -> check(document)));
  }

  @TestFactory
  Stream<DynamicTest> linksLeadSomewhere() {
    return documents()
        .map(
            document ->
                DynamicTest.dynamicTest(
                    Repository.ROOT.relativize(document).toString(), () -> follow(document)));
  }

  private static Stream<Path> documents() {
    return Stream.of("", "engine", "dsl", "connectors", "pipelines", "samples")
        .map(Repository.ROOT::resolve)
        .flatMap(
            folder ->
                folder.equals(Repository.ROOT)
                    ? Stream.of("README.md", "CONTRIBUTING.md", "CHANGELOG.md").map(folder::resolve)
                    : Repository.files(folder).stream())
        .filter(f -> f.toString().endsWith(".md") && !f.endsWith("REFERENCE.md"))
        .filter(f -> !f.toString().contains("/target/") && !f.toString().contains("/src/"));
  }

  private static void follow(Path document) throws IOException {
    Matcher link = LINK.matcher(Files.readString(document));
    while (link.find()) {
      Path target = document.resolveSibling(link.group(1)).normalize();
      assertTrue(Files.exists(target), () -> "leads nowhere: " + link.group(1));
    }
  }

  private void check(Path document) throws IOException {
    String name = Repository.ROOT.relativize(document).toString().replace('/', '-');
    Path clone = temporary.resolve(name);
    for (String folder : List.of("pipelines", "samples")) {
      Repository.copy(Repository.ROOT.resolve(folder), clone.resolve(folder));
    }
    Matcher block = BLOCK.matcher(Files.readString(document));
    while (block.find()) {
      if (block.group(1).equals("yaml")) {
        write(block.group(2), clone);
      } else {
        play(block.group(2), clone);
      }
    }
  }

  private static void write(String text, Path clone) throws IOException {
    String first = text.lines().findFirst().orElse("");
    assertTrue(first.matches("# \\S+\\.yaml"), () -> "begins without its file's name: " + text);
    Path file = clone.resolve(first.substring(2));
    if (Files.exists(file)) {
      String part = text.substring(text.indexOf('\n') + 1);
      assertTrue(Files.readString(file).contains(part), () -> first + " no longer has this part");
      return;
    }
    Files.writeString(file, text);
    Outcome outcome = new Terminal(clone).run("validate", file.toString());
    assertEquals(0, outcome.code(), outcome::all);
  }

  private static void play(String text, Path clone) throws IOException {
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); ) {
      String line = lines.get(i++);
      assertTrue(line.startsWith("$ "), () -> "a console block begins with a command: " + line);
      List<String> shown = new ArrayList<>();
      while (i < lines.size() && !lines.get(i).startsWith("$ ")) {
        shown.add(lines.get(i++));
      }
      String output = run(line.substring(2), clone);
      shows(output, shown);
    }
  }

  private static String run(String command, Path clone) throws IOException {
    List<String> words = words(command);
    String program = words.get(0);
    if (program.equals("./run-pipeline")) {
      Outcome outcome =
          new Terminal(clone).run(words.subList(1, words.size()).toArray(String[]::new));
      assertFalse(outcome.showsInsides(), outcome::all);
      assertEquals(0, outcome.code(), () -> command + "\n" + outcome.all());
      return outcome.out() + outcome.err();
    }
    if (program.equals("cat")) {
      return Files.readString(clone.resolve(words.get(1)));
    }
    if (program.equals("head")) {
      List<String> lines = Files.readAllLines(clone.resolve(words.get(3)));
      return String.join("\n", lines.subList(0, Integer.parseInt(words.get(2)))) + "\n";
    }
    return NOT_RUN_HERE.contains(program) ? "" : fail("no such command here: " + command);
  }

  private static List<String> words(String command) {
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(command.replaceFirst(" +#.*", ""));
    while (word.find()) {
      words.add(Stream.of(1, 2, 3).map(word::group).filter(g -> g != null).findFirst().orElse(""));
    }
    return words;
  }

  /**
   * Each shown line must come, in order; {@code ...} leaves lines out, and stands for any text in
   * one.
   */
  private static void shows(String output, List<String> shown) {
    List<String> lines = output.lines().map(String::stripTrailing).toList();
    int at = 0;
    for (String wanted : shown) {
      if (wanted.strip().equals("...")) {
        continue;
      }
      Pattern pattern = Pattern.compile(Pattern.quote(wanted).replace("...", "\\E.*\\Q"));
      int found = at;
      while (found < lines.size() && !pattern.matcher(lines.get(found)).matches()) {
        found++;
      }
      assertTrue(found < lines.size(), () -> "not shown: " + wanted + "\nbut:\n" + output);
      at = found + 1;
    }
  }
}
