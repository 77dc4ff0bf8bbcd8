package io.penstock.dsl.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file with a secret is for its owner. */
final class SecretFilesTest {
  private static final String WARNING =
      "pipeline.yaml:3:48  W103  the file `key.txt` of the secret `key` may be read by everybody\n";
  private static final String PIPELINE =
      """
      # a key
      parameters:
        key: { type: string, %s, default: "${file:key.txt}" }
      sources:
        numbers: { generator: { count: 1, fields: { n: params.key } } }
      sinks:
        out: { console: { format: json } }
      """;

  @TempDir Path folder;

  @BeforeEach
  void writesASecret() throws IOException {
    Files.writeString(folder.resolve("key.txt"), "open sesame\n");
    write("secret: true");
    allow("rw-r--r--");
  }

  private void write(String secret) throws IOException {
    Files.writeString(folder.resolve("pipeline.yaml"), PIPELINE.formatted(secret));
  }

  private void allow(String rights) throws IOException {
    Files.setPosixFilePermissions(
        folder.resolve("key.txt"), PosixFilePermissions.fromString(rights));
  }

  @Test
  void aSecretThatEverybodyMayReadIsWarnedOf() {
    Called called = Called.in(folder, "validate", "pipeline.yaml");

    assertEquals(0, called.code(), called.out());
    assertTrue(called.out().contains("help: take the right from others: `chmod 600 key.txt`"));
    assertTrue(called.out().startsWith(WARNING), called.out());
    assertFalse(called.out().contains("sesame"), called.out());
  }

  @Test
  void aRunWithSuchASecretIsStoppedWhereWarningsAreErrors() {
    assertEquals(0, Called.in(folder, "run", "pipeline.yaml").code());
    assertEquals(2, Called.in(folder, "run", "pipeline.yaml", "--strict").code());
  }

  @Test
  void aSecretOfItsOwnerOrGroupIsNot() throws IOException {
    allow("rw-r-----");

    Called called = Called.in(folder, "run", "pipeline.yaml", "--strict");

    assertEquals(0, called.code(), called.err());
    assertFalse(called.err().contains("W103"), called.err());
  }

  @Test
  void aFileOfNoSecretIsNot() throws IOException {
    write("secret: false");

    Called called = Called.in(folder, "validate", "pipeline.yaml");

    assertEquals(0, called.code(), called.out());
    assertFalse(called.out().contains("W103"), called.out());
  }

  @Test
  void aSecretFromAnotherPlaceIsNot() throws IOException {
    write("secret: true, from: \"${KEY}\"");
    Files.delete(folder.resolve("key.txt"));

    Called called = Called.in(folder, java.util.Map.of("KEY", "x"), "validate", "pipeline.yaml");

    assertEquals(0, called.code(), called.out());
    assertFalse(called.out().contains("W103"), called.out());
  }
}
