package io.penstock.connectors.standard.file;

import io.penstock.api.problem.ProblemCode;
import io.penstock.api.system.Disk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The hidden note beside a file that says that a run with kept state writes it. */
final class KeptBy {
  private KeptBy() {}

  private static Path note(Path file) {
    return file.resolveSibling(".penstock-" + file.getFileName() + ".kept");
  }

  /** Stops a run without state that would replace the file. */
  static void refuse(Output output, Path file) throws IOException {
    Disk disk = output.run().disk();
    if (disk.entry(note(file)).isPresent() && disk.entry(file).isPresent()) {
      throw output.problem(
          ProblemCode.R303,
          "`"
              + output.run().files().shown(file)
              + "` is written by runs that keep state, and this one keeps none",
          "take another path, or say `if_exists: append` or `if_exists: replace`");
    }
  }

  /** Leaves the note; durable with the folder. */
  static void leave(Output output, Path file) throws IOException {
    Disk disk = output.run().disk();
    if (disk.entry(note(file)).isPresent()) {
      return;
    }
    byte[] text = (output.run().run() + "\n").getBytes(StandardCharsets.UTF_8);
    try (Disk.Writing writing = disk.create(note(file))) {
      writing.write(text, 0, text.length);
      writing.force();
    }
  }

  /** Takes the note away. */
  static void remove(Disk disk, Path file) throws IOException {
    disk.delete(note(file));
  }
}
