package io.penstock.connectors.standard.nexmark;

import io.penstock.api.data.BytesBuilder;
import org.jspecify.annotations.Nullable;

/** The fields of bids. */
final class Bids {
  // Auction, bidder, price and time, of 8 bytes each; channel and URL do not count.
  private static final int NUMBERS_LENGTH = 4 * 8;

  private final Events events;

  // Made for the first field that needs it, because it is large.
  private @Nullable Channels channels;

  Bids(Events events) {
    this.events = events;
  }

  /** What makes a field. */
  Value value(String field) {
    return switch (field) {
      case "auction" -> Value.whole(events::auctionOfBid);
      case "bidder" -> Value.whole(events::bidder);
      case "price" -> Value.whole((rows, row) -> events.price(Draw.PRICE, rows.key(row)));
      case "channel" -> byChannel(channels().names());
      case "url" -> byChannel(channels().urls());
      case "date_time" -> Value.whole(EventRows::micros);
      case "extra" -> extra();
      default -> throw new IllegalArgumentException(field);
    };
  }

  private Channels channels() {
    Channels known = channels;
    if (known == null) {
      known = new Channels(events.seed());
      channels = known;
    }
    return known;
  }

  private Value byChannel(Channels.Texts texts) {
    Channels all = channels();
    return Value.slice(
        texts.bytes(),
        (rows, row, to) -> {
          int channel = all.of(Draw.CHANNEL.bits(rows.key(row)));
          to.add(texts.bytes(), texts.starts()[channel], texts.length(channel));
        });
  }

  private Value extra() {
    int average = events.sizes().bid();
    Letters letters = Letters.of(events.seed(), Events.longestExtra(average), 0);
    return Value.slice(letters.bytes(), (rows, row, to) -> extra(rows.key(row), letters, to));
  }

  private void extra(long key, Letters letters, BytesBuilder to) {
    int length = Events.extra(NUMBERS_LENGTH, events.sizes().bid(), key);
    to.add(letters.bytes(), letters.at(Draw.EXTRA.bits(key)), length);
  }
}
