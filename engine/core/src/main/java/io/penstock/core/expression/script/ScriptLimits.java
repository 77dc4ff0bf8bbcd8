package io.penstock.core.expression.script;

import io.penstock.api.system.Clock;
import java.time.Duration;

/**
 * What a script may use for one row.
 *
 * @param steps operators, calls, statements and turns of loops
 * @param bytes of what it makes: texts, lists, records
 * @param rows that it emits
 * @param time a safety net only, since it depends on the machine
 * @param clock measures it
 */
public record ScriptLimits(long steps, long bytes, long rows, Duration time, Clock clock) {}
