package io.penstock.testkit.simulation;

import java.util.Locale;

/**
 * Something that goes wrong, once.
 *
 * @param life which start of the process it strikes, from 0
 * @param step after how many steps of that life; the first step of a fitting kind from there on
 * @param kind what goes wrong
 * @param amount how much of it, as the kind says
 */
public record Fault(int life, int step, Kind kind, int amount) {
  /** What can go wrong. */
  public enum Kind {
    /** The power goes: what was not forced may be lost. */
    POWER_LOSS,
    /** The process is killed; what it has written stays. */
    KILL,
    /** A write takes only a part of the bytes, and says so. */
    SHORT_WRITE,
    /** A write finds no room, after a part of the bytes, and so do the next {@code amount} ones. */
    NO_ROOM,
    /** A force fails, and what was to become durable never does, whatever later forces say. */
    FORCE_FAILS,
    /** When the power is gone next, a bit of a chosen file has turned. */
    BIT_FLIP,
    /** A transaction was committed, or not if {@code amount} is odd, and nobody says which. */
    ANSWER_LOST,
    /** Whoever runs the pipeline asks it to stop. */
    STOP;

    /** As it stands in the text of a schedule. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Whether the process ends with it. */
    public boolean endsProcess() {
      return this == POWER_LOSS || this == KILL;
    }
  }

  @Override
  public String toString() {
    return life + ":" + step + ":" + kind.word() + ":" + amount;
  }

  /** Reads what {@link #toString} has written. */
  public static Fault parse(String text) {
    String[] parts = text.split(":", -1);
    return new Fault(
        Integer.parseInt(parts[0]),
        Integer.parseInt(parts[1]),
        Kind.valueOf(parts[2].toUpperCase(Locale.ROOT)),
        Integer.parseInt(parts[3]));
  }
}
