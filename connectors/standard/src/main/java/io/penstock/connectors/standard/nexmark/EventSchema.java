package io.penstock.connectors.standard.nexmark;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;

/** The fields of events: one record for each kind, of which one is filled. */
final class EventSchema {
  static final int PERSON = 0;
  static final int AUCTION = 1;
  static final int BID = 2;

  static final Schema PERSON_FIELDS =
      Schema.of(
          Field.of("id", DataType.INT),
          Field.of("name", DataType.STRING),
          Field.of("email_address", DataType.STRING),
          Field.of("credit_card", DataType.STRING),
          Field.of("city", DataType.STRING),
          Field.of("state", DataType.STRING),
          Field.of("date_time", DataType.TIMESTAMP),
          Field.of("extra", DataType.STRING));

  static final Schema AUCTION_FIELDS =
      Schema.of(
          Field.of("id", DataType.INT),
          Field.of("item_name", DataType.STRING),
          Field.of("description", DataType.STRING),
          Field.of("initial_bid", DataType.INT),
          Field.of("reserve", DataType.INT),
          Field.of("date_time", DataType.TIMESTAMP),
          Field.of("expires", DataType.TIMESTAMP),
          Field.of("seller", DataType.INT),
          Field.of("category", DataType.INT),
          Field.of("extra", DataType.STRING));

  static final Schema BID_FIELDS =
      Schema.of(
          Field.of("auction", DataType.INT),
          Field.of("bidder", DataType.INT),
          Field.of("price", DataType.INT),
          Field.of("channel", DataType.STRING),
          Field.of("url", DataType.STRING),
          Field.of("date_time", DataType.TIMESTAMP),
          Field.of("extra", DataType.STRING));

  static final Schema ROW =
      Schema.of(
          Field.of("event_type", DataType.INT),
          Field.of("date_time", DataType.TIMESTAMP),
          Field.optional("person", new DataType.RecordOf(PERSON_FIELDS)),
          Field.optional("auction", new DataType.RecordOf(AUCTION_FIELDS)),
          Field.optional("bid", new DataType.RecordOf(BID_FIELDS)));

  private EventSchema() {}
}
