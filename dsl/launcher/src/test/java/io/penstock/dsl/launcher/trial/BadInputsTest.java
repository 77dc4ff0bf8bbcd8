package io.penstock.dsl.launcher.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Each folder of bad-inputs is refused, or read, with exactly the words of its expected.txt. */
final class BadInputsTest {
  private static final Path CASES = Repository.resources("bad-inputs");
  private static final String EXPECTED = "expected.txt";

  @TempDir Path temporary;

  @TestFactory
  Stream<DynamicTest> saysExactlyWhatIsExpected() {
    return Repository.folders(CASES).stream()
        .map(
            folder ->
                DynamicTest.dynamicTest(folder.getFileName().toString(), () -> check(folder)));
  }

  @Test
  void theTableOfTheReadmeCountsTheCases() throws IOException {
    Path readme = CASES.resolve("README.md");
    String about = Files.readString(readme).split("\n\\| case", 2)[0];
    String wanted = about + "\n" + table();

    if (Repository.GOLDEN) {
      Files.writeString(readme, wanted);
    }

    assertEquals(wanted, Files.readString(readme));
  }

  @Test
  void twelveMistakesAreTwelveProblemsInOrderEachWithAHint() throws IOException {
    String text = Files.readString(CASES.resolve("twelve-mistakes").resolve(EXPECTED));
    List<String> codes = Transcript.codes(text);

    assertEquals(12, codes.size(), text);
    assertEquals(
        new TreeSet<>(List.of('0', '1', '2', '3', '4')),
        codes.stream().map(c -> c.charAt(1)).collect(Collectors.toCollection(TreeSet::new)));
    assertEquals(12, text.lines().filter(l -> l.startsWith("  help: ")).count(), text);
    List<Integer> lines =
        text.lines()
            .filter(l -> l.startsWith("pipeline.yaml:"))
            .map(l -> Integer.valueOf(l.split(":")[1]))
            .toList();
    assertEquals(lines.stream().sorted().toList(), lines);
  }

  private void check(Path folder) throws IOException {
    Path work = temporary.resolve(Objects.requireNonNull(folder.getFileName()).toString());
    Repository.copy(folder, work);
    Path kept = folder.resolve(EXPECTED);
    Files.delete(work.resolve(EXPECTED));

    String shown =
        Transcript.play(Transcript.commands(Files.readString(kept)), work)
            .replace(work.toString(), "FOLDER");

    assertFalse(shown.contains(temporary.toString()), shown);
    if (Repository.GOLDEN) {
      Files.writeString(kept, shown);
    }
    assertEquals(Files.readString(kept), shown);
  }

  private static String table() {
    List<Path> cases = Repository.folders(CASES);
    long refused = cases.stream().filter(c -> !text(c).contains("\nexit 0\n")).count();
    return "| case | exit | codes |\n|---|---|---|\n"
        + cases.stream().map(BadInputsTest::line).collect(Collectors.joining())
        + ("\n" + cases.size() + " cases: " + refused + " refused, ")
        + ((cases.size() - refused) + " read.\n");
  }

  private static String line(Path folder) {
    String text = text(folder);
    String exits =
        text.lines()
            .filter(l -> l.startsWith("exit "))
            .map(l -> l.substring(5))
            .collect(Collectors.joining(", "));
    String codes = String.join(" ", Transcript.codes(text));
    return "| " + folder.getFileName() + " | " + exits + " | " + codes + " |\n";
  }

  private static String text(Path folder) {
    try {
      return Files.readString(folder.resolve(EXPECTED));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
