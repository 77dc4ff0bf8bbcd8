package io.penstock.api.source;

import io.penstock.api.format.Splitter;
import io.penstock.api.system.Clock;
import java.util.function.Supplier;

/**
 * What the engine hands to a reader.
 *
 * @param clock the time
 * @param splitter makes a splitter of the source's format, one per file; only for byte sources
 * @param maxRecord the most bytes that a record may have
 */
public record ReaderContext(Clock clock, Supplier<Splitter> splitter, int maxRecord) {}
