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
    long periods = number / perPeriod;
    long rest = number % perPeriod;
    long micros = firstMicros + periods * periodMicros + rest * periodMicros / perPeriod;
    return micros - Math.floorMod(micros, MICROS_PER_MILLI);
  }

  /** {@link EventSchema#PERSON} and so on. */
  int kind(long number) {
    int place = (int) (number % round);
    if (place < people) {
      return EventSchema.PERSON;
    }
    return place < people + auctions ? EventSchema.AUCTION : EventSchema.BID;
  }

  /** The last person by an event, itself counted. */
  long lastPerson(long number) {
    return number / round * people + Math.min(number % round, people - 1);
  }

  /** The last auction by an event, itself counted; below 0 where there is none. */
  long lastAuction(long number) {
    long opened = Math.max(-1, Math.min(number % round - people, auctions - 1));
    return number / round * auctions + opened;
  }

  /** In how many milliseconds so many more auctions are opened. */
  long millisOf(int moreAuctions, long number) {
    long later = number + (long) moreAuctions * round / auctions;
    return (micros(later) - micros(number)) / MICROS_PER_MILLI;
  }
}
