package io.penstock.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WrittenTest {
  @TempDir private Path folder;

  private Written of(String text) throws IOException {
    return Written.of(Files.writeString(folder.resolve("a"), text));
  }

  @Test
  void theOrderOfLinesDoesNotMatterAndHowOftenTheyComeDoes() throws IOException {
    assertEquals(of("a\nb\nb\n"), of("b\na\nb\n"));
    assertEquals(of("a\nb\n"), of("a\nb"));
    assertNotEquals(of("a\nb\nb\n"), of("a\na\nb\n"));
    assertNotEquals(of("a\nb\n"), of("ab\n\n"));
    assertEquals(3, of("a\n\nb\n").lines());
  }
}
