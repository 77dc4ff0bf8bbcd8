package io.penstock.core.run;

import io.penstock.api.format.BlockCheck;
import io.penstock.api.format.Format;
import io.penstock.api.format.FormatConfig;
import io.penstock.api.format.Splitter;
import io.penstock.api.source.ReaderContext;
import io.penstock.api.system.Clock;
import io.penstock.core.logical.Operation;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What a reader of a source is handed, as its format, its schema and its run have it.
 *
 * @param gather for how long records may be left to come together
 */
record ReaderNeeds(Operation.Read read, Duration gather) {
  ReaderContext of(Clock clock) {
    return new ReaderContext(
        clock,
        splitters(),
        checks(),
        maxRecord(),
        read.format().flatMap(config -> config.format().parts(read.decoding())),
        gather);
  }

  private int maxRecord() {
    int own = read.decoding().maxRecord();
    return own > 0 ? own : (int) Operation.MAX_RECORD.bytes();
  }

  private Supplier<Splitter> splitters() {
    if (read.format().isEmpty()) {
      return () -> {
        throw new IllegalStateException("a source of rows has no splitter");
      };
    }
    FormatConfig config = read.format().get();
    return () -> config.format().splitter(maxRecord());
  }

  private Supplier<BlockCheck> checks() {
    Format.Decoding decoding = read.decoding();
    // Nothing is used of what is only looked at.
    Format.Decoding looking =
        new Format.Decoding(
            decoding.schema(),
            Set.of(),
            false,
            decoding.unknownFields(),
            decoding.types(),
            decoding.maxRecord());
    return () -> new BlockCheck(read.format().orElseThrow().format(), looking);
  }
}
