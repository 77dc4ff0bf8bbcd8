package io.penstock.connectors.standard.csv;

import io.penstock.api.option.Checks;
import io.penstock.api.problem.ProblemCode;
import java.util.Optional;

/**
 * How a CSV file is written.
 *
 * @param nullText the text that stands for null; empty: the empty unquoted cell of optional fields
 * @param quotedEmptyIsNull whether a quoted empty cell is null where the field may be
 * @param spreadsheetSafe whether texts that a spreadsheet would compute get a quote before them
 */
record CsvDialect(
    byte delimiter,
    byte quote,
    Header header,
    Optional<String> nullText,
    boolean quotedEmptyIsNull,
    boolean spreadsheetSafe) {
  static final CsvDialect STANDARD =
      new CsvDialect((byte) ',', (byte) '"', Header.TRUE, Optional.empty(), false, false);

  static void check(String character, String option, Checks checks) {
    boolean usable =
        character.length() == 1 && character.charAt(0) < 0x80 && "\r\n\0".indexOf(character) < 0;
    if (!usable) {
      checks.problem(
          ProblemCode.E104,
          option,
          "`" + option + "` must be one ASCII character, not `" + character + "`",
          "write one character, such as \",\" or \";\" or \"\\t\"");
    }
  }
}
