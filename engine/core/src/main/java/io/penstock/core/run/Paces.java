package io.penstock.core.run;

import io.penstock.core.operator.RowQuota;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Chooses when a run cuts epochs: what its trigger asks for, with kept state or without. */
record Paces(
    Given given, Trigger trigger, Epochs epochs, Readers readers, Demand demand, RowQuota quota) {
  /**
   * What a pace asks the supervisor.
   *
   * @param enough whether the run is told to stop
   * @param anything whether something was done since it was asked last that wants an epoch
   * @param owes whether rows came back that are no dead letters of a decided epoch yet
   * @param commit decides an epoch
   */
  record Asked(
      BooleanSupplier enough, BooleanSupplier anything, BooleanSupplier owes, Pace.Commit commit) {}

  /** The pace of the run. */
  Pace pace(Asked asked) {
    if (given.kept().isEmpty()) {
      Optional<ToTheEnd.Barriers> barriers =
          trigger instanceof Trigger.Continuous stream
              ? Optional.of(barriers(stream.checkpoint(), asked))
              : Optional.empty();
      return new ToTheEnd(asked.enough(), quota, demand, barriers, given.request().clock());
    }
    KeptStream.Turns turns =
        new KeptStream.Turns(
            asked.enough(),
            readers::mayRead,
            demand,
            readers::isEnded,
            readers::allEnded,
            asked.owes());
    if (trigger instanceof Trigger.Batches) {
      return new Batches(
          turns,
          readers.sources(),
          given.kept().get(),
          given.plan().settings(),
          epochs,
          given.request().clock(),
          asked.commit());
    }
    ToTheEnd.Barriers barriers = barriers(given.plan().settings().checkpoint(), asked);
    return new KeptStream(epochs, barriers, given.request().clock(), turns, asked.commit());
  }

  private ToTheEnd.Barriers barriers(Duration every, Asked asked) {
    return new ToTheEnd.Barriers(
        epochs, given.request().clock(), every, asked.anything(), asked.commit());
  }
}
