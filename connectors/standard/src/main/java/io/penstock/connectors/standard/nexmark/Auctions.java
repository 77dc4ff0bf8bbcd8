package io.penstock.connectors.standard.nexmark;

import io.penstock.api.data.BytesBuilder;

/** The fields of auctions. */
final class Auctions {
  private static final int SHORTEST = 3;
  private static final int LONGEST_ITEM = 20;
  private static final int LONGEST_DESCRIPTION = 100;
  private static final int LETTERS_TO_A_BLANK = 13;

  // The numbers and times that count, of 8 bytes each.
  private static final int NUMBERS_LENGTH = 6 * 8;

  private final Events events;
  private final Letters words;
  private final Letters letters;

  Auctions(Events events) {
    this.events = events;
    this.words = Letters.of(events.seed() + 1, LONGEST_DESCRIPTION, LETTERS_TO_A_BLANK);
    int longest = Events.longestExtra(events.sizes().auction());
    this.letters = Letters.of(events.seed(), longest, 0);
  }

  /** What makes a field. */
  Value value(String field) {
    return switch (field) {
      case "id" -> Value.whole(Events::auction);
      case "item_name" -> Value.slice(words.bytes(), this::item);
      case "description" -> Value.slice(words.bytes(), this::description);
      case "initial_bid" ->
          Value.whole((rows, row) -> events.price(Draw.FIRST_PRICE, rows.key(row)));
      case "reserve" -> Value.whole((rows, row) -> reserve(rows.key(row)));
      case "date_time" -> Value.whole(EventRows::micros);
      case "expires" -> Value.whole((rows, row) -> events.expires(rows.number(row), rows.key(row)));
      case "seller" -> Value.whole(events::seller);
      case "category" -> Value.whole((rows, row) -> events.category(rows.key(row)));
      case "extra" -> Value.slice(letters.bytes(), this::extra);
      default -> throw new IllegalArgumentException(field);
    };
  }

  private long reserve(long key) {
    return events.price(Draw.FIRST_PRICE, key) + events.price(Draw.RESERVE, key);
  }

  private static int itemLength(long key) {
    return SHORTEST + Draw.ITEM_LENGTH.below(LONGEST_ITEM - SHORTEST + 1, key);
  }

  private static int descriptionLength(long key) {
    return SHORTEST + Draw.DESCRIPTION_LENGTH.below(LONGEST_DESCRIPTION - SHORTEST + 1, key);
  }

  private void item(EventRows rows, int row, BytesBuilder to) {
    long key = rows.key(row);
    to.add(words.bytes(), words.at(Draw.ITEM.bits(key)), itemLength(key));
  }

  private void description(EventRows rows, int row, BytesBuilder to) {
    long key = rows.key(row);
    to.add(words.bytes(), words.at(Draw.DESCRIPTION.bits(key)), descriptionLength(key));
  }

  private void extra(EventRows rows, int row, BytesBuilder to) {
    long key = rows.key(row);
    int bytes = NUMBERS_LENGTH + itemLength(key) + descriptionLength(key);
    int length = Events.extra(bytes, events.sizes().auction(), key);
    to.add(letters.bytes(), letters.at(Draw.EXTRA.bits(key)), length);
  }
}
