package io.penstock.connectors.standard.file;

import io.penstock.api.sink.Forcing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The parts of one epoch, whole and hidden, whose bytes and names may not be durable yet. Handed
 * over to the thread that forces them; closed only when that thread has ended, or has come here.
 */
final class UnforcedParts implements Forcing {
  private final Output output;
  private final List<StagedFile> open;
  private final Set<Path> folders;

  /**
   * The parts of an epoch.
   *
   * @param open those whose bytes are still to be forced
   * @param folders with all that the epoch has named
   */
  UnforcedParts(Output output, List<StagedFile> open, Set<Path> folders) {
    this.output = output;
    this.open = List.copyOf(open);
    this.folders = new TreeSet<>(folders);
  }

  @Override
  public void force() throws IOException {
    for (StagedFile part : open) {
      try {
        part.force();
      } catch (IOException broken) {
        throw output.broken(part.target(), broken);
      }
    }
    for (Path folder : folders) {
      try {
        output.run().disk().forceDirectory(folder);
      } catch (IOException broken) {
        throw output.broken(folder, broken);
      }
    }
  }

  /** Lets go of what was not forced. */
  void close() throws IOException {
    for (StagedFile part : open) {
      part.letGo();
    }
  }
}
