package io.penstock.dsl.launcher.trial;

import static io.penstock.dsl.launcher.trial.NexmarkFields.SECOND;
import static io.penstock.dsl.launcher.trial.NexmarkFields.WINDOW;
import static io.penstock.dsl.launcher.trial.NexmarkFields.number;
import static io.penstock.dsl.launcher.trial.NexmarkFields.only;
import static io.penstock.dsl.launcher.trial.NexmarkFields.row;
import static io.penstock.dsl.launcher.trial.NexmarkFields.shown;
import static io.penstock.dsl.launcher.trial.NexmarkFields.text;
import static io.penstock.dsl.launcher.trial.NexmarkFields.time;
import static io.penstock.dsl.launcher.trial.NexmarkFields.window;
import static io.penstock.dsl.launcher.trial.NexmarkFields.with;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * What the NexMark queries give, computed in the plainest way over all events at once: lists, loops
 * within loops, no time but that of the events.
 */
final class NexmarkRows {
  private final List<JsonNode> people;
  private final List<JsonNode> auctions;
  private final List<JsonNode> bids;

  NexmarkRows(JsonRows events) {
    people = records(events, "person");
    auctions = records(events, "auction");
    bids = records(events, "bid");
  }

  private static List<JsonNode> records(JsonRows events, String kind) {
    return events.rows().stream().map(e -> e.path(kind)).filter(JsonNode::isObject).toList();
  }

  /** The rows of a query. */
  JsonRows of(String query) {
    return new JsonRows(
        switch (query) {
          case "q3" -> q3();
          case "q4" -> q4();
          case "q5" -> q5();
          case "q6" -> q6();
          case "q7" -> q7();
          case "q8" -> q8();
          case "q9" -> q9();
          case "q11" -> q11();
          case "q20" -> q20();
          default -> new NexmarkBids(bids).of(query);
        });
  }

  private List<JsonNode> q3() {
    List<JsonNode> rows = new ArrayList<>();
    for (JsonNode auction : auctions) {
      for (JsonNode person : people) {
        boolean near = Set.of("OR", "ID", "CA").contains(text(person, "state"));
        boolean sells = number(auction, "seller") == number(person, "id");
        if (near && sells && number(auction, "category") == 10) {
          rows.add(with(only(person, "name city state"), "id", auction.path("id")));
        }
      }
    }
    return rows;
  }

  /** The bids on an auction while it was open. */
  private List<JsonNode> valid(JsonNode auction) {
    return bids.stream()
        .filter(b -> number(b, "auction") == number(auction, "id"))
        .filter(b -> time(b) >= time(auction) && time(b) <= time(auction, "expires"))
        .toList();
  }

  private List<JsonNode> q4() {
    Map<Long, List<Long>> prices = new TreeMap<>();
    for (JsonNode auction : auctions) {
      valid(auction).stream()
          .mapToLong(b -> number(b, "price"))
          .max()
          .ifPresent(
              price ->
                  prices
                      .computeIfAbsent(number(auction, "category"), c -> new ArrayList<>())
                      .add(price));
    }
    List<JsonNode> rows = new ArrayList<>();
    prices.forEach(
        (category, all) ->
            rows.add(
                row(
                    "category",
                    category,
                    "avg_price",
                    all.stream().mapToLong(p -> p).average().orElseThrow())));
    return rows;
  }

  private List<JsonNode> q5() {
    Map<Long, Map<Long, Long>> counts = new TreeMap<>();
    for (JsonNode bid : bids) {
      long last = Math.floorDiv(time(bid), 2 * SECOND) * 2 * SECOND;
      for (long start = last; start > time(bid) - WINDOW; start -= 2 * SECOND) {
        counts
            .computeIfAbsent(start, s -> new TreeMap<>())
            .merge(number(bid, "auction"), 1L, Long::sum);
      }
    }
    List<JsonNode> rows = new ArrayList<>();
    for (Map<Long, Long> auctionsOfWindow : counts.values()) {
      long most = auctionsOfWindow.values().stream().mapToLong(n -> n).max().orElseThrow();
      auctionsOfWindow.forEach(
          (auction, count) -> {
            if (count == most) {
              rows.add(row("auction", auction, "num", count));
            }
          });
    }
    return rows;
  }

  private List<JsonNode> q6() {
    Map<Long, List<JsonNode>> wonBySeller = new TreeMap<>();
    for (JsonNode auction : auctions) {
      winner(auction)
          .ifPresent(
              bid ->
                  wonBySeller
                      .computeIfAbsent(number(auction, "seller"), s -> new ArrayList<>())
                      .add(bid));
    }
    List<JsonNode> rows = new ArrayList<>();
    wonBySeller.forEach(
        (seller, won) -> {
          won.sort(
              Comparator.comparing((JsonNode b) -> time(b))
                  .thenComparing(b -> number(b, "auction")));
          for (int i = 0; i < won.size(); i++) {
            List<JsonNode> last = won.subList(Math.max(0, i - 9), i + 1);
            double mean = last.stream().mapToLong(b -> number(b, "price")).average().orElseThrow();
            rows.add(
                row("seller", seller, "auction", won.get(i).path("auction"), "avg_price", mean));
          }
        });
    return rows;
  }

  /** The highest bid on an auction, the first by time of those that are equal. */
  private Optional<JsonNode> winner(JsonNode auction) {
    return valid(auction).stream()
        .min(Comparator.comparing((JsonNode b) -> -number(b, "price")).thenComparing(b -> time(b)));
  }

  private List<JsonNode> q7() {
    Map<Long, Long> highest = new TreeMap<>();
    bids.forEach(b -> highest.merge(window(time(b)), number(b, "price"), Math::max));
    return bids.stream()
        .filter(b -> highest.getOrDefault(window(time(b)), 0L).equals(number(b, "price")))
        .map(b -> only(b, "auction price bidder date_time"))
        .toList();
  }

  private List<JsonNode> q8() {
    Set<List<Long>> sellers = new HashSet<>();
    auctions.forEach(a -> sellers.add(List.of(window(time(a)), number(a, "seller"))));
    return people.stream()
        .filter(p -> sellers.contains(List.of(window(time(p)), number(p, "id"))))
        .map(p -> with(only(p, "id name"), "starttime", shown(window(time(p)))))
        .distinct()
        .toList();
  }

  private List<JsonNode> q9() {
    List<JsonNode> rows = new ArrayList<>();
    for (JsonNode auction : auctions) {
      winner(auction).ifPresent(b -> rows.add(won(auction, b)));
    }
    return rows;
  }

  private static JsonNode won(JsonNode auction, JsonNode bid) {
    String same = "item_name description initial_bid reserve expires seller category extra";
    return with(
        only(auction, same),
        "opened_at",
        auction.path("date_time"),
        "auction",
        auction.path("id"),
        "bidder",
        bid.path("bidder"),
        "price",
        bid.path("price"),
        "bid_date_time",
        bid.path("date_time"),
        "bid_extra",
        bid.path("extra"));
  }

  private List<JsonNode> q11() {
    List<JsonNode> rows = new ArrayList<>();
    Map<Long, List<JsonNode>> byBidder =
        bids.stream()
            .collect(
                Collectors.groupingBy(b -> number(b, "bidder"), TreeMap::new, Collectors.toList()));
    byBidder.forEach(
        (bidder, own) -> {
          long[] times = own.stream().mapToLong(b -> time(b)).sorted().toArray();
          int from = 0;
          for (int i = 0; i < times.length; i++) {
            if (i + 1 == times.length || times[i + 1] - times[i] > WINDOW) {
              rows.add(
                  row(
                      "bidder",
                      bidder,
                      "window_start",
                      shown(times[from]),
                      "window_end",
                      shown(times[i] + WINDOW),
                      "bid_count",
                      i + 1 - from));
              from = i + 1;
            }
          }
        });
    return rows;
  }

  private List<JsonNode> q20() {
    Map<Long, JsonNode> known = new HashMap<>();
    auctions.stream()
        .filter(a -> number(a, "category") == 10)
        .forEach(a -> known.put(number(a, "id"), a));
    return bids.stream()
        .filter(b -> known.containsKey(number(b, "auction")))
        .map(
            b -> {
              JsonNode auction = java.util.Objects.requireNonNull(known.get(number(b, "auction")));
              JsonNode both =
                  with(
                      b,
                      "opened_at",
                      auction.path("date_time"),
                      "auction_extra",
                      auction.path("extra"));
              for (String field :
                  "item_name description initial_bid reserve expires seller category".split(" ")) {
                both = with(both, field, auction.path(field));
              }
              return both;
            })
        .toList();
  }
}
