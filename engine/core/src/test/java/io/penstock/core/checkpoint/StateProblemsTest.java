package io.penstock.core.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.system.NoSpaceException;
import io.penstock.api.system.TooManyFilesException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

/** What the system says of the state's folder, with the file and what can be done. */
final class StateProblemsTest {
  private static final String GOES_ON = ", then start again: it goes on from the last checkpoint";

  private static void told(String reason, String cure, IOException e) {
    Problem problem = StateProblems.of("orders", e).problem();

    assertEquals(ProblemCode.R109, problem.code());
    assertEquals("the state cannot be written or read: " + reason, problem.message());
    assertEquals(cure + GOES_ON, problem.hint().orElseThrow());
  }

  @Test
  void aRightThatIsMissing() {
    told(
        "permission denied (`/s/LOCK`)",
        "give this user the right to write there, or name another folder with `--state`",
        new AccessDeniedException("/s/LOCK"));
  }

  @Test
  void aDiskThatMayNotBeWritten() {
    told(
        "Read-only file system (`/s/ck`)",
        "mount that disk for writing",
        new FileSystemException("/s/ck", null, "Read-only file system"));
  }

  @Test
  void aDiskThatIsFull() {
    IOException full = new IOException("No space left on device");
    told(
        "No space left on device",
        "make room on that disk",
        new NoSpaceException("No space left on device", full));
  }

  @Test
  void filesThatAreTooMany() {
    IOException many = new IOException("Too many open files");
    told(
        "Too many open files",
        "raise the limit with `ulimit -n`",
        new TooManyFilesException("Too many open files", many));
  }

  @Test
  void whateverElse() {
    told("Input/output error", "mend the disk", new IOException("Input/output error"));
    told("NoSuchFileException (`/s/c-1`)", "mend the disk", new NoSuchFileException("/s/c-1"));
    told("IOException", "mend the disk", new IOException());
  }
}
