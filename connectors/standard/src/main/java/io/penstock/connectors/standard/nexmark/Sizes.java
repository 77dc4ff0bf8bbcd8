package io.penstock.connectors.standard.nexmark;

import io.penstock.api.option.Option;

/** The average size to which `extra` fills a record, in bytes. */
public record Sizes(
    @Option(value = "Bytes of a person.", byDefault = "200", least = 0, most = 10000) int person,
    @Option(value = "Bytes of an auction.", byDefault = "500", least = 0, most = 10000) int auction,
    @Option(
            value = "Bytes of a bid, without channel and URL.",
            byDefault = "100",
            least = 0,
            most = 10000)
        int bid) {
  static final Sizes USUAL = new Sizes(200, 500, 100);
}
