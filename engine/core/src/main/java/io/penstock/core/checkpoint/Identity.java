package io.penstock.core.checkpoint;

import io.penstock.api.system.Disk;
import io.penstock.core.state.StateInput;
import io.penstock.core.state.StateOutput;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Whose state a folder holds. Written once.
 *
 * @param pipeline the pipeline's name
 * @param run 32 hex digits, drawn once; names this run in every sink
 * @param createdMicros wall time
 * @param engine the version that created it
 */
public record Identity(String pipeline, String run, long createdMicros, String engine) {
  static final int KIND = 'I';

  void write(StateOutput to) throws IOException {
    to.text(pipeline);
    to.text(run);
    to.number(createdMicros);
    to.text(engine);
  }

  /** Reads the file; nothing else is touched. */
  public static Identity read(Disk disk, Path file) throws IOException {
    return read(new SealedFile(disk).read(file, KIND));
  }

  static Identity read(StateInput from) throws IOException {
    return new Identity(from.text(), from.text(), from.number(), from.text());
  }
}
