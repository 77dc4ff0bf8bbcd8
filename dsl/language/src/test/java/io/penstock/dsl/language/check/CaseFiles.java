package io.penstock.dsl.language.check;

import io.penstock.dsl.language.Language;
import io.penstock.dsl.language.text.NamedFiles;
import io.penstock.dsl.language.text.SourceText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The files beside a case. */
final class CaseFiles {
  private CaseFiles() {}

  /** A case as a file to check, with what lies beside it. */
  static Language.Request request(Path file) throws IOException {
    Language.Request alone =
        Language.Request.of(SourceText.of(file.getFileName().toString(), Files.readString(file)));
    NamedFiles beside =
        path -> {
          try {
            return Files.readAllBytes(file.resolveSibling(path));
          } catch (NoSuchFileException e) {
            throw new IOException("there is no such file", e);
          }
        };
    return new Language.Request(
        alone.text(),
        Map.of(),
        name -> name.equals("LISTS") ? Optional.of("files") : Optional.empty(),
        beside,
        alone.leave());
  }
}
