package io.penstock.core.run;

import io.penstock.api.sink.Staged;
import io.penstock.core.logical.LogicalPlan;
import io.penstock.core.logical.Operation;
import io.penstock.core.physical.PhysicalPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The epochs of a run: which one is under way, whether a barrier for it is asked for, and what the
 * sinks have prepared. Numbers count decided epochs. Thread-safe.
 */
final class Epochs {
  private final Set<String> sinks;
  private final Map<String, List<Staged>> prepared = new HashMap<>();
  private final Set<String> ended = new HashSet<>();
  private final Set<String> ready = new HashSet<>();
  private long current = 1;
  private long barrier;

  private Epochs(Set<String> sinks) {
    this.sinks = Set.copyOf(sinks);
  }

  /** The epochs of a run of this plan. */
  static Epochs of(LogicalPlan plan) {
    Set<String> sinks = new HashSet<>();
    plan.nodes().stream()
        .filter(n -> n.operation() instanceof Operation.Write)
        .forEach(n -> sinks.add(n.step()));
    plan.deadLetter().ifPresent(d -> sinks.add(PhysicalPlan.DEAD_LETTER));
    return new Epochs(sinks);
  }

  /** The epoch that rows belong to now. */
  synchronized long current() {
    return current;
  }

  /** The epoch for which a barrier is asked for last; 0 for none yet. */
  synchronized long barrier() {
    return barrier;
  }

  /** Asks for the barrier of this epoch, unless it is under way. */
  synchronized boolean request() {
    if (barrier == current) {
      return false;
    }
    barrier = current;
    return true;
  }

  /** A sink has prepared the epoch; with {@code last}, nothing more will come from it. */
  synchronized void prepared(String sink, List<Staged> staged, boolean last) {
    prepared.computeIfAbsent(sink, s -> new ArrayList<>()).addAll(staged);
    ready.add(sink);
    if (last) {
      ended.add(sink);
    }
  }

  /** Whether all sinks have prepared the epoch, or have ended. */
  synchronized boolean isReady() {
    for (String sink : sinks) {
      if (!ready.contains(sink) && !ended.contains(sink)) {
        return false;
      }
    }
    return true;
  }

  /** What a sink has staged for the epoch. */
  synchronized List<Staged> staged(String sink) {
    return List.copyOf(prepared.getOrDefault(sink, List.of()));
  }

  /** The epoch is decided; the next one begins. */
  synchronized void decided() {
    prepared.clear();
    ready.clear();
    current++;
  }
}
