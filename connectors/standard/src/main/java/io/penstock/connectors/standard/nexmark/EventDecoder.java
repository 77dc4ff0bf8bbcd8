package io.penstock.connectors.standard.nexmark;

import io.penstock.api.data.FieldPath;
import io.penstock.api.data.LongsBuilder;
import io.penstock.api.format.Block;
import io.penstock.api.format.Decoder;
import io.penstock.api.format.Format;

/** Makes the events for which the line ends of a block stand. */
final class EventDecoder implements Decoder {
  private final EventRows events;
  private final boolean usesKind;
  private final boolean usesTime;
  private final KindColumns people;
  private final KindColumns auctions;
  private final KindColumns bids;
  private int[] offsets = new int[0];

  EventDecoder(Events described, Format.Decoding decoding) {
    events = new EventRows(described.seed(), described.order());
    usesKind = uses(decoding, "event_type");
    usesTime = uses(decoding, "date_time");
    people =
        new KindColumns(
            EventSchema.PERSON,
            "person",
            EventSchema.PERSON_FIELDS,
            decoding,
            new People(described)::value);
    auctions =
        new KindColumns(
            EventSchema.AUCTION,
            "auction",
            EventSchema.AUCTION_FIELDS,
            decoding,
            new Auctions(described)::value);
    bids =
        new KindColumns(
            EventSchema.BID, "bid", EventSchema.BID_FIELDS, decoding, new Bids(described)::value);
  }

  private static boolean uses(Format.Decoding decoding, String field) {
    return decoding.usesAll() || decoding.used().contains(FieldPath.of(field));
  }

  @Override
  public int decode(Block block, int from, Rows out) {
    int at = from;
    while (at < block.to() && !out.full()) {
      int count = Math.min(block.to() - at, Math.max(1, out.room()));
      events.take(block.position() + at - block.from(), count);
      LongsBuilder kinds = (LongsBuilder) out.column(0);
      LongsBuilder times = (LongsBuilder) out.column(1);
      for (int row = 0; row < count; row++) {
        kinds.add(usesKind ? events.kind(row) : 0);
        times.add(usesTime ? events.micros(row) : 0);
      }
      people.fill(events, out.column(2));
      auctions.fill(events, out.column(3));
      bids.fill(events, out.column(4));
      out.endRows(places(at, count), count, at - block.from());
      at += count;
    }
    if (at == block.to()) {
      out.lines(block.to() - block.from());
    }
    return at;
  }

  private int[] places(int from, int count) {
    if (offsets.length < count) {
      offsets = new int[count];
    }
    for (int i = 0; i < count; i++) {
      offsets[i] = from + i;
    }
    return offsets;
  }
}
