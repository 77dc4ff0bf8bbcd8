package io.penstock.dsl.launcher.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Dead letters back in, one folder for each case. */
final class ReplayTest {
  @TempDir Path temporary;

  @TestFactory
  Stream<DynamicTest> putsLettersBack() {
    return Repository.folders(Repository.resources("replay")).stream()
        .map(
            folder ->
                DynamicTest.dynamicTest(folder.getFileName().toString(), () -> check(folder)));
  }

  private void check(Path folder) throws IOException {
    Path copy = temporary.resolve(folder.getFileName().toString());
    Repository.copy(folder, copy);
    Path expected = folder.resolve("expected.txt");
    String text = Files.readString(expected);

    String played = Transcript.play(Transcript.commands(text), copy);

    if (Repository.GOLDEN) {
      Files.writeString(expected, played);
    }
    assertEquals(Files.readString(expected), played);
    assertTrue(played.contains("exit "));
  }
}
