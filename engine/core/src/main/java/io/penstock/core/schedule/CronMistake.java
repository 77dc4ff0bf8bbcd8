package io.penstock.core.schedule;

/**
 * What is wrong with a cron expression, in words for its author.
 *
 * @param message what is wrong, to stand behind the expression
 * @param hint the next action
 * @param never whether it can be read, but its time never comes
 */
public record CronMistake(String message, String hint, boolean never) {
  static CronMistake unreadable(String message, String hint) {
    return new CronMistake(message, hint, false);
  }
}
