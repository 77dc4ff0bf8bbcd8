package io.penstock.connectors.standard.nexmark;

import io.penstock.api.option.Option;
import io.penstock.api.option.Share;

/** How often a reference goes to one of the few that all refer to. */
public record Hot(
    @Option(value = "Auctions that a hot seller opens.", byDefault = "75%") Share sellers,
    @Option(value = "Bids that a hot bidder makes.", byDefault = "75%") Share bidders,
    @Option(value = "Bids on a hot auction.", byDefault = "50%") Share auctions) {
  static final Hot USUAL = new Hot(new Share(0.75), new Share(0.75), new Share(0.5));
}
