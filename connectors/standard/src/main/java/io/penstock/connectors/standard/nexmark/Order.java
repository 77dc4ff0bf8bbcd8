package io.penstock.connectors.standard.nexmark;

import io.penstock.api.option.Rate;

/**
 * Which event is of which kind, when it happened, and who and what there was by then. Events are
 * numbered by their times from 0; people and auctions too, each on their own. Immutable.
 */
final class Order {
  /** Numbers far apart, so that neighbours of a group come far from each other. */
  static final long STRIDE = 953;

  private static final int MICROS_PER_MILLI = 1000;

  private final int people;
  private final int auctions;
  private final int round;
  private final long firstMicros;
  private final long periodMicros;
  private final long perPeriod;
  private final int group;

  // From one event to the next, where that is even; division would cost more than all else.
  private final long stepMicros;

  /**
   * An order.
   *
   * @param firstMicros the time of event 0
   * @param rate how many events there are in a time
   * @param group how many that follow each other are mixed
   */
  Order(Proportions proportions, long firstMicros, Rate rate, int group) {
    this.people = proportions.person();
    this.auctions = proportions.auction();
    this.round = proportions.round();
    this.firstMicros = firstMicros;
    this.periodMicros = rate.per().toNanos() / 1000;
    this.perPeriod = rate.count();
    this.group = group;
    this.stepMicros = periodMicros % perPeriod == 0 ? periodMicros / perPeriod : 0;
  }

  /** The number of the event that comes at this place. */
  long number(long place) {
    if (group == 1) {
      return place;
    }
    long within = place % group;
    return place - within + within * STRIDE % group;
  }

  /** When an event happened, in microseconds, of which whole milliseconds are kept. */
  long micros(long number) {
    long micros = firstMicros + (stepMicros > 0 ? number * stepMicros : parted(number));
    return micros - Math.floorMod(micros, MICROS_PER_MILLI);
  }

  private long parted(long number) {
    long rest = number % perPeriod;
    return number / perPeriod * periodMicros + rest * periodMicros / perPeriod;
  }

  /** How many events there are in a round. */
  int round() {
    return round;
  }

  /** {@link EventSchema#PERSON} and so on, by the event's place in its round. */
  int kind(int place) {
    if (place < people) {
      return EventSchema.PERSON;
    }
    return place < people + auctions ? EventSchema.AUCTION : EventSchema.BID;
  }

  /** The last person by an event, itself counted, after so many whole rounds. */
  long lastPerson(long rounds, int place) {
    return rounds * people + Math.min(place, people - 1);
  }

  /** The last auction by an event, itself counted; below 0 where there is none. */
  long lastAuction(long rounds, int place) {
    return rounds * auctions + Math.max(-1, Math.min(place - people, auctions - 1));
  }

  /** In how many milliseconds so many more auctions are opened. */
  long millisOf(int moreAuctions, long number) {
    long later = number + (long) moreAuctions * round / auctions;
    return (micros(later) - micros(number)) / MICROS_PER_MILLI;
  }
}
