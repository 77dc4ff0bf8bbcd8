package io.penstock.testkit.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What keeps a process alive, and counts what it does to the world outside it. Once it is gone,
 * every further step is a {@link Crash}, so that nothing the process still does has an effect.
 */
public final class Power {
  private final EventLog log;
  private final List<Fault> due = new ArrayList<>();
  private int life = -1;
  private int steps;
  private long allSteps;
  private boolean on;
  private boolean lost;
  private boolean stopAsked;
  private int struck;

  /** No process runs yet. */
  public Power(EventLog log) {
    this.log = log;
  }

  /** A process starts; of the faults, those of this life strike it. */
  public void start(List<Fault> faults) {
    life++;
    steps = 0;
    on = true;
    lost = false;
    stopAsked = false;
    struck = 0;
    due.clear();
    for (Fault fault : faults) {
      if (fault.life() == life) {
        due.add(fault);
      }
    }
    log.event("start", "", life);
  }

  /** The process has ended by itself. */
  public void end() {
    on = false;
  }

  /** Which start of the process this is, from 0. */
  public int life() {
    return life;
  }

  /** How many steps this process has done. */
  public int steps() {
    return steps;
  }

  /** How many steps all processes have done. */
  public long allSteps() {
    return allSteps;
  }

  /** Whether the process was ended by a fault. */
  public boolean isOut() {
    return !on;
  }

  /** Whether with the process the power went. */
  public boolean isLost() {
    return lost;
  }

  /** How many faults have struck this process. */
  public int struck() {
    return struck;
  }

  /** Whether somebody wants the run to stop; told once. */
  public boolean takesStop() {
    if (!stopAsked && strikes(Fault.Kind.STOP).isPresent()) {
      stopAsked = true;
      return true;
    }
    return false;
  }

  /** The process does something to the outside; a crash comes before it has an effect. */
  public void step(String what, String where, long amount) {
    if (!on) {
      throw new Crash(what);
    }
    log.event(what, where, amount);
    steps++;
    allSteps++;
    for (int i = 0; i < due.size(); i++) {
      Fault fault = due.get(i);
      if (fault.kind().endsProcess() && fault.step() < steps) {
        on = false;
        lost = fault.kind() == Fault.Kind.POWER_LOSS;
        log.event(fault.kind().word(), what, steps);
        throw new Crash(what + " " + where);
      }
    }
  }

  /** The fault of this kind that strikes now, once. */
  Optional<Fault> strikes(Fault.Kind kind) {
    for (Fault fault : due) {
      if (fault.kind() == kind && fault.step() < steps) {
        due.remove(fault);
        struck++;
        log.event(kind.word(), "", fault.amount());
        return Optional.of(fault);
      }
    }
    return Optional.empty();
  }

  /** The fault of this kind that this life has still to meet, whatever its step; once. */
  Optional<Fault> takes(Fault.Kind kind) {
    for (Fault fault : due) {
      if (fault.kind() == kind) {
        due.remove(fault);
        struck++;
        log.event(kind.word(), "", fault.amount());
        return Optional.of(fault);
      }
    }
    return Optional.empty();
  }
}
