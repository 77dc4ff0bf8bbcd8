package io.penstock.connectors.standard.nexmark;

import io.penstock.api.option.Option;

/** How many events of each kind there are in a round, in this order. */
public record Proportions(
    @Option(value = "People in a round.", byDefault = "1", least = 1, most = 1000) int person,
    @Option(value = "Auctions in a round.", byDefault = "3", least = 1, most = 1000) int auction,
    @Option(value = "Bids in a round.", byDefault = "46", least = 1, most = 1000) int bid) {
  static final Proportions USUAL = new Proportions(1, 3, 46);

  /** How many events there are in a round. */
  int round() {
    return person + auction + bid;
  }
}
