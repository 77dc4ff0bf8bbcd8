package io.penstock.connectors.parquet;

import io.penstock.api.problem.ProblemCode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what is wrong with the values of the row that is read; the first counts. Single-threaded.
 */
final class Misfits {
  private @Nullable BadFile first;

  void add(ProblemCode code, String text) {
    if (first == null) {
      first = new BadFile(code, text);
    }
  }

  /** What was found since this was asked last. */
  Optional<BadFile> take() {
    Optional<BadFile> taken = Optional.ofNullable(first);
    first = null;
    return taken;
  }
}
