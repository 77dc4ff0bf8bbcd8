package io.penstock.core.schedule;

/**
 * What is wrong with a cron expression, in words for its author.
 *
 * @param message what is wrong, to stand behind the expression
 * @param hint the next action
 */
public record CronMistake(String message, String hint) {}
