package io.penstock.connectors.standard.nexmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.data.Column;
import io.penstock.api.data.FieldPath;
import io.penstock.api.format.Format;
import io.penstock.api.format.TextTypes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Events follow the rules that pipelines/nexmark/README.md states. */
class NexmarkTest {
  private static final long FIRST_MICROS = 1_767_225_600_000_000L;
  private static final int MANY = 50_000;

  private static final int PERSON = 2;
  private static final int AUCTION = 3;
  private static final int BID = 4;

  private static Column[] many() {
    return MadeEvents.of(MadeEvents.USUAL, 0, MANY).columns();
  }

  private static long kind(Column[] events, int row) {
    return ((Column.Longs) events[0]).values()[row];
  }

  private static long time(Column[] events, int row) {
    return ((Column.Longs) events[1]).values()[row];
  }

  private static List<Integer> rowsOf(Column[] events, int kind) {
    List<Integer> rows = new ArrayList<>();
    for (int row = 0; row < events[0].size(); row++) {
      if (kind(events, row) == kind) {
        rows.add(row);
      }
    }
    return rows;
  }

  @Test
  void aRoundHasAPersonThreeAuctionsAndFortySixBids() {
    Column[] events = many();

    for (int row = 0; row < MANY; row++) {
      int place = row % 50;
      int kind = place == 0 ? 0 : place < 4 ? 1 : 2;
      assertEquals(kind, kind(events, row));
      for (int record = 0; record < 3; record++) {
        assertEquals(record != kind, events[PERSON + record].isNull(row));
      }
    }
  }

  @Test
  void proportionsMayBeOthers() {
    NexmarkConfig config = MadeEvents.config(Optional.of(new Proportions(2, 1, 3)), 1);

    Column[] events = MadeEvents.of(config, 0, 12).columns();

    List<Long> kinds = LongStream.range(0, 12).map(row -> kind(events, (int) row)).boxed().toList();
    assertEquals(List.of(0L, 0L, 1L, 2L, 2L, 2L, 0L, 0L, 1L, 2L, 2L, 2L), kinds);
    assertEquals(1001, MadeEvents.number(events[PERSON], 0, 1));
    assertEquals(1002, MadeEvents.number(events[PERSON], 0, 6));
    assertEquals(1001, MadeEvents.number(events[AUCTION], 0, 8));
  }

  @Test
  void peopleAndAuctionsAreNumberedInOrderFrom1000() {
    Column[] events = many();

    long person = 1000;
    for (int row : rowsOf(events, EventSchema.PERSON)) {
      assertEquals(person++, MadeEvents.number(events[PERSON], 0, row));
    }
    long auction = 1000;
    for (int row : rowsOf(events, EventSchema.AUCTION)) {
      assertEquals(auction++, MadeEvents.number(events[AUCTION], 0, row));
    }
    assertEquals(2000, person);
    assertEquals(4000, auction);
  }

  @Test
  void timesAreEvenAndOfWholeMilliseconds() {
    Column[] events = MadeEvents.of(MadeEvents.USUAL, 1_000_000_003L, 20).columns();

    for (int row = 0; row < 20; row++) {
      long micros = (1_000_000_003L + row) * 100;
      assertEquals(FIRST_MICROS + micros - micros % 1000, time(events, row));
      Column record = events[PERSON + (int) kind(events, row)];
      int field = new int[] {6, 5, 5}[(int) kind(events, row)];
      assertEquals(time(events, row), MadeEvents.number(record, field, row));
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 1, 1", "0, 7, 3", "0, 300, 4096", "137, 64, 50", "999, 1000, 1"})
  void anEventIsTheSameHoweverItIsReached(int from, int block, int batch) {
    for (int group : new int[] {1, 10, 128}) {
      NexmarkConfig config = MadeEvents.config(Optional.empty(), group);
      List<String> all = MadeEvents.of(config, 0, 1000).texts();

      MadeEvents some =
          MadeEvents.of(
              config,
              Format.Decoding.of(EventSchema.ROW),
              new MadeEvents.Pieces(from, 1000 - from, block, batch));

      assertEquals(all.subList(from, 1000), some.texts());
      assertEquals(LongStream.range(from, 1000).boxed().toList(), some.places());
    }
  }

  @Test
  void onlyWhatIsUsedIsMade() {
    Set<FieldPath> used = Set.of(FieldPath.of("bid", "price"), FieldPath.of("event_type"));
    Format.Decoding decoding =
        new Format.Decoding(
            EventSchema.ROW, used, false, Format.UnknownFields.DROP, TextTypes.standard(), 1 << 20);

    Column[] some =
        MadeEvents.of(MadeEvents.USUAL, decoding, new MadeEvents.Pieces(0, 4096, 4096, 4096))
            .columns();

    Column[] all = MadeEvents.of(MadeEvents.USUAL, 0, 4096).columns();
    for (int row = 0; row < 4096; row++) {
      assertEquals(kind(all, row), kind(some, row));
      assertTrue(some[PERSON].isNull(row) && some[AUCTION].isNull(row));
      assertEquals(all[BID].isNull(row), some[BID].isNull(row));
      assertEquals(MadeEvents.number(all[BID], 2, row), MadeEvents.number(some[BID], 2, row));
      assertTrue(((Column.Records) some[BID]).fields()[0].isNull(row));
      assertTrue(((Column.Records) some[BID]).fields()[6].isNull(row));
    }
  }

  @Test
  void anotherSeedGivesOtherEventsAtTheSameTimes() {
    NexmarkConfig other =
        new NexmarkConfig(
            java.util.OptionalLong.empty(),
            Optional.empty(),
            java.util.OptionalLong.of(8),
            MadeEvents.USUAL.eventRate(),
            MadeEvents.USUAL.firstTime(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            1);

    Column[] one = MadeEvents.of(MadeEvents.USUAL, 0, 1000).columns();
    Column[] two = MadeEvents.of(other, 0, 1000).columns();

    int differing = 0;
    for (int row : rowsOf(one, EventSchema.BID)) {
      assertEquals(time(one, row), time(two, row));
      differing +=
          MadeEvents.number(one[BID], 2, row) == MadeEvents.number(two[BID], 2, row) ? 0 : 1;
    }
    assertTrue(differing > 900, () -> "alike are all but a few");
    assertNotEquals(MadeEvents.text(one[BID], 4, 5), MadeEvents.text(two[BID], 4, 5));
  }

  @Test
  void aGroupMixesItsEventsAndKeepsThem() {
    int group = 128;
    NexmarkConfig mixed = MadeEvents.config(Optional.empty(), group);
    List<String> inOrder = MadeEvents.of(MadeEvents.USUAL, 0, group * 10).texts();

    List<String> outOfOrder = MadeEvents.of(mixed, 0, group * 10).texts();

    assertNotEquals(inOrder, outOfOrder);
    for (int from = 0; from < inOrder.size(); from += group) {
      assertEquals(
          new HashSet<>(inOrder.subList(from, from + group)),
          new HashSet<>(outOfOrder.subList(from, from + group)));
    }
  }

  @Test
  void hotSellersAndBiddersAreEachHundredthPerson() {
    Column[] events = many();

    double sellers =
        share(
            rowsOf(events, EventSchema.AUCTION),
            row -> MadeEvents.number(events[AUCTION], 7, row) == 1000 + row / 5000 * 100);
    double bidders =
        share(
            rowsOf(events, EventSchema.BID),
            row -> MadeEvents.number(events[BID], 1, row) == 1001 + row / 5000 * 100);

    // A few of those that are drawn evenly fall on the hot ones.
    assertEquals(0.75, sellers, 0.03);
    assertEquals(0.75, bidders, 0.01);
  }

  @Test
  void halfOfTheBidsAreOnAHotAuction() {
    Column[] events = many();

    double hot =
        share(
            rowsOf(events, EventSchema.BID),
            row -> {
              long last = row / 50 * 3 + 2;
              return MadeEvents.number(events[BID], 0, row) == 1000 + last / 100 * 100;
            });

    assertEquals(0.5, hot, 0.02);
  }

  @Test
  void otherReferencesGoToTheLastOnesAndALittleAhead() {
    Column[] events = many();

    boolean ahead = false;
    for (int row : rowsOf(events, EventSchema.BID)) {
      long lastAuction = 1000 + row / 50 * 3 + 2;
      long auction = MadeEvents.number(events[BID], 0, row);
      assertTrue(auction >= 1000 && auction >= lastAuction - 100 && auction <= lastAuction + 10);
      long lastPerson = 1000 + row / 50;
      long bidder = MadeEvents.number(events[BID], 1, row);
      assertTrue(bidder >= 1000 && bidder > lastPerson - 1000 && bidder <= lastPerson + 10);
      ahead |= auction > lastAuction;
    }
    assertTrue(ahead);
    for (int row : rowsOf(events, EventSchema.AUCTION)) {
      long category = MadeEvents.number(events[AUCTION], 8, row);
      assertTrue(category >= 10 && category < 15);
    }
  }

  @Test
  void thereAreAsManyPricesInEachTenfold() {
    Column[] events = many();
    List<Integer> bids = rowsOf(events, EventSchema.BID);

    for (long least = 100; least < 100_000_000; least *= 10) {
      long from = least;
      double share =
          share(
              bids,
              row -> {
                long price = MadeEvents.number(events[BID], 2, row);
                return price >= from && price < from * 10;
              });
      assertEquals(1 / 6.0, share, 0.01, "from " + least);
    }
    for (int row : rowsOf(events, EventSchema.AUCTION)) {
      long first = MadeEvents.number(events[AUCTION], 3, row);
      assertTrue(MadeEvents.number(events[AUCTION], 4, row) >= first + 100);
    }
  }

  @Test
  void anAuctionIsOpenForAsLongAsTwoHundredMoreTakeAtMost() {
    Column[] events = many();

    double longest = 0;
    double sum = 0;
    List<Integer> auctions = rowsOf(events, EventSchema.AUCTION);
    for (int row : auctions) {
      long open = MadeEvents.number(events[AUCTION], 6, row) - time(events, row);
      assertTrue(open > 0);
      longest = Math.max(longest, open);
      sum += open;
    }
    // 1,666 events of 100 us until a hundred more are there.
    assertTrue(longest > 320_000 && longest <= 2 * 167_000, "longest " + longest);
    assertEquals(167_000, sum / auctions.size(), 8_000);
  }

  @Test
  void halfOfTheBidsComeByFourChannelsAndAChannelHasOneUrl() {
    Column[] events = many();
    List<Integer> bids = rowsOf(events, EventSchema.BID);
    java.util.Map<String, String> urls = new java.util.HashMap<>();

    for (int row : bids) {
      String url = MadeEvents.text(events[BID], 4, row);
      String before = urls.put(MadeEvents.text(events[BID], 3, row), url);
      assertTrue(before == null || before.equals(url));
      assertTrue(
          url.matches(
              "https://www\\.auctions\\.example(/[a-z_]{3,5}){3}/item.htm\\?query=1(&channel_id=[0-9]+)?"),
          url);
    }

    Set<String> hot = Set.of("Google", "Facebook", "Baidu", "Apple");
    assertEquals(0.5, share(bids, row -> hot.contains(MadeEvents.text(events[BID], 3, row))), 0.02);
    assertTrue(
        hot.stream()
            .noneMatch(channel -> String.valueOf(urls.get(channel)).contains("channel_id")));
    double numbered = urls.values().stream().filter(u -> u.contains("channel_id")).count();
    assertEquals(0.9, numbered / urls.size(), 0.02);
    assertTrue(urls.size() > 8_000, "channels " + urls.size());
  }

  @Test
  void extraFillsRecordsToTheirAverageSize() {
    Column[] events = many();

    double people = average(rowsOf(events, 0), row -> 8 + texts(events[PERSON], row));
    double auctions = average(rowsOf(events, 1), row -> 6 * 8 + texts(events[AUCTION], row));
    double bids =
        average(rowsOf(events, 2), row -> 4 * 8 + MadeEvents.text(events[BID], 6, row).length());

    assertEquals(200, people, 2);
    assertEquals(500, auctions, 3);
    assertEquals(100, bids, 1);
  }

  @Test
  void aRecordThatIsLongEnoughGetsNoExtra() {
    assertEquals(0, Events.extra(300, 200, 17));
    assertFalse(Events.extra(100, 200, 17) == 0);
  }

  private static int texts(Column record, int row) {
    int length = 0;
    for (Column field : ((Column.Records) record).fields()) {
      length += field instanceof Column.Bytes texts ? texts.to(row) - texts.from(row) : 0;
    }
    return length;
  }

  private interface RowTest {
    boolean holds(int row);
  }

  private interface RowNumber {
    double of(int row);
  }

  private static double share(List<Integer> rows, RowTest test) {
    return average(rows, row -> test.holds(row) ? 1 : 0);
  }

  private static double average(List<Integer> rows, RowNumber number) {
    double sum = 0;
    for (int row : rows) {
      sum += number.of(row);
    }
    return sum / rows.size();
  }
}
