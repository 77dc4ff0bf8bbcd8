package io.penstock.core.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.penstock.api.problem.ProblemCode;
import io.penstock.api.sink.Rejects;
import io.penstock.api.sink.Staged;
import io.penstock.testkit.MemoryDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class DeliveredTest {
  private static final Path FOLDER = Path.of("/state/spool");
  private static final Staged SPOOL = staged("out-3", "77");
  private static final Rejects REJECTS =
      new Rejects(
          List.of(
              new Rejects.Reject(4, ProblemCode.D310, "no"),
              new Rejects.Reject(9, ProblemCode.D301, "NaN")));

  private final MemoryDisk disk = new MemoryDisk();

  private static Staged staged(String name, String checksum) {
    return new Staged("spool", Map.of("name", name, "checksum", checksum));
  }

  private Delivered delivered() throws IOException {
    disk.createDirectories(FOLDER);
    return new Delivered(disk, FOLDER);
  }

  @Test
  void whatIsNotedIsKnownToALaterProcess() throws IOException {
    Delivered first = delivered();
    assertEquals(Optional.empty(), first.of("out", SPOOL));
    first.note("out", SPOOL, REJECTS);
    first.note("other", staged("other-3", "5"), Rejects.NONE);

    Delivered later = delivered();
    assertEquals(Optional.of(REJECTS), later.of("out", SPOOL));
    assertEquals(Optional.of(Rejects.NONE), later.of("other", staged("other-3", "5")));
  }

  @Test
  void anotherEpochOrOtherRowsAreNotTakenForIt() throws IOException {
    delivered().note("out", SPOOL, REJECTS);

    assertEquals(Optional.empty(), delivered().of("out", staged("out-4", "77")));
    assertEquals(Optional.empty(), delivered().of("out", staged("out-3", "78")));
    assertEquals(Optional.empty(), delivered().of("else", SPOOL));
  }

  @Test
  void aDamagedNoteIsNone() throws IOException {
    delivered().note("out", SPOOL, REJECTS);
    Path file = FOLDER.resolve(Delivered.NAME);
    byte[] bytes = new byte[60];
    try (var reading = disk.read(file)) {
      assertEquals(60, reading.read(0, bytes, 0, 60));
    }
    Samples.put(disk, file, bytes);

    assertEquals(Optional.empty(), delivered().of("out", SPOOL));
    delivered().note("out", SPOOL, Rejects.NONE);
    assertEquals(Optional.of(Rejects.NONE), delivered().of("out", SPOOL));
  }
}
