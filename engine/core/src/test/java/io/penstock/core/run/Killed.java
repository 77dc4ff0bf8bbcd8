package io.penstock.core.run;

/** What ends a process in a test; nothing may catch it. */
final class Killed extends ThreadDeath {
  private static final long serialVersionUID = 1L;
}
