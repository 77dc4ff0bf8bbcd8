package io.penstock.core.runner;

import java.util.Locale;

/**
 * The places where a crash is of interest: each is between two steps of the protocol after which
 * the disk, or an output, shows something else.
 */
public enum CrashPoint {
  /** The file that says whose the state is: begun under another name. */
  IDENTITY_CREATED,
  IDENTITY_WRITTEN,
  IDENTITY_FORCED,
  IDENTITY_RENAMED,
  /** There is an identity, and no epoch. */
  IDENTITY_DURABLE,
  /** What a batch is going to read: begun under another name. */
  PLAN_CREATED,
  PLAN_WRITTEN,
  PLAN_FORCED,
  PLAN_RENAMED,
  /** The batch is planned, and nothing of it is read. */
  PLAN_DURABLE,
  /** One step, or one sink, has left the epoch; others have not. */
  OPERATOR_SNAPSHOT,
  /** What one sink has staged is durable; what others have may not be. */
  SINK_FORCED,
  /** All have left the epoch, and what they left is durable. */
  ALL_PREPARED,
  CHECKPOINT_CREATED,
  CHECKPOINT_WRITTEN,
  /** The checkpoint is whole under another name: not decided. */
  CHECKPOINT_FORCED,
  /** Decided, if the name lasts. */
  CHECKPOINT_RENAMED,
  /** Decided. */
  CHECKPOINT_DURABLE,
  /** One sink shows the epoch; those behind it do not. */
  SINK_COMMITTED,
  /** All sinks show the epoch, and the sources know it. */
  SOURCES_ACKNOWLEDGED,
  /** What nothing needs any more is gone. */
  TIDIED,
  /** A start has made the last decided epoch visible again in one sink. */
  RECOVERY_COMMITTED,
  /** A start has removed what one sink had prepared and nobody decided. */
  RECOVERY_ABORTED;

  /** Its name in messages and options, such as {@code plan.durable}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '.');
  }
}
