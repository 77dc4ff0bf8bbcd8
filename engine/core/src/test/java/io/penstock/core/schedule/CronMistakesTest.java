package io.penstock.core.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is said of cron expressions that cannot be read or never come. */
final class CronMistakesTest {
  @Test
  void findsNothingWrongWithWhatComes() {
    for (String good :
        new String[] {
          "0 2 * * *", "*/15 * * * *", "0 9-17 * * MON-FRI", "0 0 29 2 *", "0 0 1,15 * 1",
          "  0   2 * jan *  ", "0 0 * * 7", "0 0 31 1-12 *", "5/15 * * * *", "0 0 31 4 1"
        }) {
      assertEquals(Optional.empty(), CronCalendar.mistake(good), good);
    }
  }

  @Test
  void saysHowManyFieldsThereAre() {
    assertMessage("", "it has 0 fields");
    assertMessage("5", "it has 1 field");
    assertMessage("0 2 * *", "it has 4 fields");
    assertMessage("0 0 2 * * *", "it has 6 fields");
  }

  @Test
  void namesTheFieldThatCannotBeRead() {
    assertMessage("60 2 * * *", "its minute `60` cannot be read");
    assertMessage("0 24 * * *", "its hour `24` cannot be read");
    assertMessage("0 2 32 * *", "its day of the month `32` cannot be read");
    assertMessage("0 2 * 13 *", "its month `13` cannot be read");
    assertMessage("0 2 * * 8", "its day of the week `8` cannot be read");
    assertMessage("*/0 2 * * *", "its minute `*/0` cannot be read");
    assertMessage("0 5-1 * * *", "its hour `5-1` cannot be read");
    assertMessage("0 2 L * *", "its day of the month `L` cannot be read");
    assertMessage("0 2 ? * *", "its day of the month `?` cannot be read");
    assertMessage("0|1 2 * * *", "its minute `0|1` cannot be read");
    assertMessage("a b c d e", "its minute `a` cannot be read");
    assertMessage("1,,2 * * * *", "its minute `1,,2` cannot be read");
    assertMessage("0 2 * * MON#2", "its day of the week `MON#2` cannot be read");
  }

  @Test
  void knowsDaysThatNoYearHas() {
    assertMessage("0 0 30 2 *", "it names a day that no year has");
    assertMessage("0 0 31 2,4,6,9,11 *", "it names a day that no year has");
  }

  @Test
  void saysWhatANicknameMeans() {
    assertEquals(
        Optional.of(CronMistake.unreadable("it is a nickname", "write `0 0 * * *`")),
        CronCalendar.mistake("@daily"));
    assertEquals(
        Optional.of(CronMistake.unreadable("it is a nickname", "write five fields: `0 2 * * *`")),
        CronCalendar.mistake("@reboot"));
  }

  private static void assertMessage(String expression, String message) {
    assertEquals(Optional.of(message), CronCalendar.mistake(expression).map(CronMistake::message));
  }
}
