package io.penstock.connectors.standard.nexmark;

import io.penstock.api.data.BytesBuilder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The fields of people. */
final class People {
  private static final List<byte[]> FIRST_NAMES =
      texts(
          "Ada", "Bruno", "Clara", "David", "Elena", "Farid", "Grace", "Hugo", "Ines", "Jonas",
          "Kira");
  private static final List<byte[]> LAST_NAMES =
      texts("Abel", "Berger", "Costa", "Dumas", "Ekman", "Fischer", "Garcia", "Hoffman", "Ito");
  private static final List<byte[]> CITIES =
      texts(
          "Phoenix",
          "Tucson",
          "Sacramento",
          "Oakland",
          "Boise",
          "Nampa",
          "Portland",
          "Salem",
          "Seattle",
          "Cheyenne");
  private static final List<byte[]> STATES = texts("AZ", "CA", "ID", "OR", "WA", "WY");
  private static final int MAILBOX = 7;
  private static final int DOMAIN = 5;
  private static final byte[] COM = ascii(".com");
  private static final int CARD_GROUPS = 4;
  private static final int GROUP = 4;
  private static final int CARD_LENGTH = CARD_GROUPS * (GROUP + 1) - 1;
  private static final int NUMBER_LENGTH = 8;

  private final Events events;
  private final Letters letters;

  People(Events events) {
    this.events = events;
    int longest = Math.max(MAILBOX, Events.longestExtra(events.sizes().person()));
    this.letters = Letters.of(events.seed(), longest, 0);
  }

  private static List<byte[]> texts(String... texts) {
    return List.of(texts).stream().map(People::ascii).toList();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] one(List<byte[]> of, Draw draw, long key) {
    return of.get(draw.below(of.size(), key));
  }

  /** What makes a field. */
  Value value(String field) {
    return switch (field) {
      case "id" -> Value.whole(Events::person);
      case "name" -> Value.text(this::name);
      case "email_address" -> Value.text(this::email);
      case "credit_card" -> Value.text(this::card);
      case "city" -> Value.text((rows, row, to) -> to.add(one(CITIES, Draw.CITY, rows.key(row))));
      case "state" -> Value.text((rows, row, to) -> to.add(one(STATES, Draw.STATE, rows.key(row))));
      case "date_time" -> Value.whole(EventRows::micros);
      case "extra" -> Value.slice(letters.bytes(), this::extra);
      default -> throw new IllegalArgumentException(field);
    };
  }

  private void name(EventRows rows, int row, BytesBuilder to) {
    byte[] first = one(FIRST_NAMES, Draw.FIRST_NAME, rows.key(row));
    to.append(first, 0, first.length);
    to.append((byte) ' ');
    byte[] last = one(LAST_NAMES, Draw.LAST_NAME, rows.key(row));
    to.append(last, 0, last.length);
    to.end();
  }

  private void email(EventRows rows, int row, BytesBuilder to) {
    long bits = Draw.EMAIL.bits(rows.key(row));
    to.append(letters.bytes(), letters.at(bits), MAILBOX);
    to.append((byte) '@');
    to.append(letters.bytes(), letters.at(Draw.mixed(bits)), DOMAIN);
    to.append(COM, 0, COM.length);
    to.end();
  }

  private void card(EventRows rows, int row, BytesBuilder to) {
    long bits = Draw.CARD.bits(rows.key(row));
    for (int i = 0; i < CARD_LENGTH; i++) {
      if (i % (GROUP + 1) == GROUP) {
        to.append((byte) ' ');
      } else {
        bits = Draw.mixed(bits + i);
        to.append((byte) ('0' + Draw.below(bits, 10)));
      }
    }
    to.end();
  }

  private void extra(EventRows rows, int row, BytesBuilder to) {
    long key = rows.key(row);
    int bytes =
        NUMBER_LENGTH
            + one(FIRST_NAMES, Draw.FIRST_NAME, key).length
            + 1
            + one(LAST_NAMES, Draw.LAST_NAME, key).length
            + MAILBOX
            + 1
            + DOMAIN
            + COM.length
            + CARD_LENGTH
            + one(CITIES, Draw.CITY, key).length
            + one(STATES, Draw.STATE, key).length;
    int length = Events.extra(bytes, events.sizes().person(), key);
    to.add(letters.bytes(), letters.at(Draw.EXTRA.bits(key)), length);
  }
}
