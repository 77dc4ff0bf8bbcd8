package io.penstock.connectors.standard.log;

import io.penstock.api.data.Schema;
import java.util.Optional;

/** Takes the text of one record apart. Stateless, thread-safe. */
interface LogText {
  /**
   * The parts of a record.
   *
   * @param text without the line feed at its end, well-formed
   * @param readAt when it came in, micros since 1970, where its source knows
   * @throws BadRecord where the text is not of the format
   */
  Part.Group read(String text, Optional<Long> readAt);

  /** The fields that records have where no schema is declared; empty where nobody knows them. */
  Optional<Schema> fields();

  /** Whether lists, maps and records stand in texts as JSON. */
  boolean isJsonInTexts();
}
