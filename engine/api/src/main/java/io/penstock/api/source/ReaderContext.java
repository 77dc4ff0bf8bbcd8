package io.penstock.api.source;

import io.penstock.api.format.BlockCheck;
import io.penstock.api.format.FileParts;
import io.penstock.api.format.Splitter;
import io.penstock.api.system.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the engine hands to a reader.
 *
 * @param clock the time
 * @param splitter makes a splitter of the source's format, one per file; only for byte sources
 * @param check makes what looks whether bytes can be decoded, for sources that must tell whoever
 *     gives them; only for byte sources
 * @param maxRecord the most bytes that a record may have
 * @param parts finds the parts of a file that can be read at any place, where the format's files
 *     have such
 * @param gather for how long records may be left to come together before they are read, because
 *     what becomes of them is seen no earlier; zero where each is to be read at once
 */
public record ReaderContext(
    Clock clock,
    Supplier<Splitter> splitter,
    Supplier<BlockCheck> check,
    int maxRecord,
    Optional<FileParts.Finder> parts,
    Duration gather) {
  /** For formats whose files are read from their front to their end. */
  public ReaderContext(
      Clock clock, Supplier<Splitter> splitter, Supplier<BlockCheck> check, int maxRecord) {
    this(clock, splitter, check, maxRecord, Optional.empty(), Duration.ZERO);
  }

  /** For sources that do not look into what they read. */
  public ReaderContext(Clock clock, Supplier<Splitter> splitter, int maxRecord) {
    this(
        clock,
        splitter,
        () -> {
          throw new IllegalStateException("nothing is looked at here");
        },
        maxRecord);
  }
}
