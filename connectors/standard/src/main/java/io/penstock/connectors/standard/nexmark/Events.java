package io.penstock.connectors.standard.nexmark;

import io.penstock.api.option.Share;

/**
 * All that follows of an event's number: the numbers of the people and auctions it refers to, what
 * it costs, how long it is. Numbers of people and auctions begin at 1000. Immutable.
 */
final class Events {
  private static final int FIRST_NUMBER = 1000;
  private static final int FIRST_CATEGORY = 10;
  private static final int CATEGORIES = 5;
  private static final int HOT_EVERY = 100;
  private static final int ACTIVE_PEOPLE = 1000;
  private static final int OPEN_AUCTIONS = 100;
  private static final int LEAD = 10;
  private static final double TWO_TO_32 = 4294967296.0;

  // A fifth more or less than the average.
  private static final int FIFTHS = 5;

  private final long seed;
  private final Order order;
  private final Sizes sizes;
  private final Prices prices = new Prices();
  private final long hotSellers;
  private final long hotBidders;
  private final long hotAuctions;

  Events(long seed, Order order, Hot hot, Sizes sizes) {
    this.seed = seed;
    this.order = order;
    this.sizes = sizes;
    this.hotSellers = threshold(hot.sellers());
    this.hotBidders = threshold(hot.bidders());
    this.hotAuctions = threshold(hot.auctions());
  }

  private static long threshold(Share share) {
    return Math.round(share.of1() * TWO_TO_32);
  }

  private static boolean isBelow(long threshold, Draw draw, long key) {
    return draw.bits(key) >>> 32 < threshold;
  }

  long seed() {
    return seed;
  }

  Order order() {
    return order;
  }

  Sizes sizes() {
    return sizes;
  }

  static long person(EventRows rows, int row) {
    return FIRST_NUMBER + rows.lastPerson(row);
  }

  static long auction(EventRows rows, int row) {
    return FIRST_NUMBER + rows.lastAuction(row);
  }

  long seller(EventRows rows, int row) {
    long key = rows.key(row);
    long last = rows.lastPerson(row);
    return isBelow(hotSellers, Draw.IS_HOT_SELLER, key)
        ? FIRST_NUMBER + last / HOT_EVERY * HOT_EVERY
        : FIRST_NUMBER + somebody(last, Draw.SELLER, key);
  }

  long bidder(EventRows rows, int row) {
    long key = rows.key(row);
    long last = rows.lastPerson(row);
    return isBelow(hotBidders, Draw.IS_HOT_BIDDER, key)
        ? FIRST_NUMBER + last / HOT_EVERY * HOT_EVERY + 1
        : FIRST_NUMBER + somebody(last, Draw.BIDDER, key);
  }

  /** One of those who came last, or of those who come next. */
  private static long somebody(long last, Draw draw, long key) {
    int active = (int) Math.min(last + 1, ACTIVE_PEOPLE);
    return last + 1 - active + draw.below(active + LEAD, key);
  }

  /** The auction of a bid. */
  long auctionOfBid(EventRows rows, int row) {
    long key = rows.key(row);
    long last = rows.lastAuction(row);
    if (isBelow(hotAuctions, Draw.IS_HOT_AUCTION, key)) {
      return FIRST_NUMBER + last / HOT_EVERY * HOT_EVERY;
    }
    long least = Math.max(0, last - OPEN_AUCTIONS);
    return FIRST_NUMBER + least + Draw.AUCTION.below((int) (last - least) + 1 + LEAD, key);
  }

  int category(long key) {
    return FIRST_CATEGORY + Draw.CATEGORY.below(CATEGORIES, key);
  }

  long price(Draw draw, long key) {
    return prices.of(draw.bits(key));
  }

  /** When an auction closes, in microseconds. */
  long expires(long number, long key) {
    long millis = Math.max(1, 2 * order.millisOf(OPEN_AUCTIONS, number));
    long length = 1 + Long.remainderUnsigned(Draw.EXPIRY.bits(key), millis);
    return order.micros(number) + length * 1000;
  }

  /** How long `extra` is, so that a record that has so many bytes without it reaches its size. */
  static int extra(int bytes, int average, long key) {
    int wanted = Math.max(0, average - bytes);
    int spread = Math.round((float) wanted / FIFTHS);
    return wanted - spread + (spread == 0 ? 0 : Draw.EXTRA_LENGTH.below(2 * spread, key));
  }

  /** The longest that `extra` may be. */
  static int longestExtra(int average) {
    return average + average / FIFTHS + 1;
  }
}
