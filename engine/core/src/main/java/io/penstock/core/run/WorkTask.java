package io.penstock.core.run;

import io.penstock.api.system.Clock;
import io.penstock.core.operator.ReadOperator;
import io.penstock.core.operator.Unit;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** One of the workers of a source: decodes the units dealt to it, and does what is fused below. */
final class WorkTask implements Task.Work {
  /** A step yields after this time. */
  static final long SLICE_NANOS = 1_000_000;

  private final Channel input;
  private final ReadOperator source;
  private final Fusion.Step sourceStep;
  private final Fusion fusion;
  private final Collection<Outlet> outlets;
  private final BatchTime now;
  private final Clock clock;
  private final UnitTally tally;
  private final Epochs.Member member;
  private final TaskCounts counts;
  private final UnitKeys keys;
  private Watermarks.Key partition;
  private boolean inUnit;
  private boolean ending;
  private boolean broken;

  WorkTask(
      Channel input,
      ReadOperator source,
      Fusion.Step sourceStep,
      Fusion fusion,
      Collection<Outlet> outlets,
      BatchTime now,
      Clock clock,
      UnitTally tally,
      Epochs.Member member,
      TaskCounts counts,
      UnitKeys keys) {
    this.input = input;
    this.source = source;
    this.sourceStep = sourceStep;
    this.fusion = fusion;
    this.outlets = List.copyOf(outlets);
    this.now = now;
    this.clock = clock;
    this.tally = tally;
    this.member = member;
    this.counts = counts;
    this.keys = keys;
    this.partition = keys.whole();
  }

  @Override
  public Task.Progress step() {
    long start = clock.nanos();
    do {
      for (Outlet outlet : outlets) {
        if (!outlet.flush()) {
          return Task.Progress.WAITS;
        }
      }
      if (broken) {
        return Task.Progress.WAITS;
      } else if (!fusion.isIdle()) {
        work(fusion::advance);
      } else if (inUnit) {
        inUnit = false;
        work(() -> fusion.unitEnd(partition));
        if (!broken) {
          toAll(new Item.UnitEnd());
          tally.unitEnd(source);
        }
      } else if (ending) {
        return Task.Progress.DONE;
      } else {
        Item item = input.poll();
        if (item == null) {
          return Task.Progress.WAITS;
        }
        take(item);
      }
    } while (clock.nanos() - start < SLICE_NANOS);
    return Task.Progress.MORE;
  }

  private void take(Item item) {
    if (item instanceof Item.Work work) {
      if (tally.isBehind()) {
        broken = true;
        return;
      }
      now.set(work.unit().readAt());
      partition = keys.of(work.unit());
      inUnit = true;
      if (work.unit() instanceof Unit.Quiet quiet) {
        source.nothing();
        fusion.quiet(partition, quiet.quietMicros());
        return;
      }
      if (work.unit() instanceof Unit.Reached reached) {
        source.nothing();
        fusion.reached(partition, reached.readAt());
        return;
      }
      if (work.unit() instanceof Unit.Passed passed) {
        source.nothing();
        fusion.passed(partition, passed.micros());
        return;
      }
      work(() -> source.unit(work.unit()));
      fusion.drain(sourceStep);
    } else if (item instanceof Item.End) {
      ending = true;
      member.ended(part());
      toAll(item);
    } else {
      member.passed(part());
      toAll(item);
    }
  }

  private Part part() {
    return new Part(Map.of(), Map.of(), List.of(), counts.now());
  }

  /** Does a part of a unit. What it throws is kept until the units before are through. */
  private void work(Runnable part) {
    try {
      part.run();
    } catch (RuntimeException e) {
      tally.broken(e);
      broken = true;
    }
  }

  private void toAll(Item item) {
    for (Outlet outlet : outlets) {
      outlet.put(item);
    }
  }
}
