package io.penstock.dsl.launcher.trial;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the NexMark queries give, computed in the plainest way over all events at once: lists,
 * loops within loops, no time but that of the events.
 */
final class NexmarkRows {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final long SECOND = 1000;
  private static final long WINDOW = 10 * SECOND;
  private static final BigDecimal RATE = new BigDecimal("0.908");
  private static final Map<String, String> NUMBERS =
      Map.of("apple", "0", "google", "1", "facebook", "2", "baidu", "3");

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
          case "q0" -> bids;
          case "q1" -> bids.stream().map(b -> with(only(b, "auction bidder date_time extra"), "price", converted(b))).toList();
          case "q2" -> bids.stream().filter(b -> number(b, "auction") % 123 == 0).map(b -> only(b, "auction price")).toList();
          case "q3" -> q3();
          case "q4" -> q4();
          case "q5" -> q5();
          case "q7" -> q7();
          case "q8" -> q8();
          case "q9" -> q9();
          case "q10" -> bids.stream().map(b -> only(b, "auction bidder price date_time extra")).toList();
          case "q11" -> q11();
          case "q13" -> bids.stream().map(b -> with(only(b, "auction bidder price date_time"), "value", number(b, "auction") % 10_000)).toList();
          case "q14" -> q14();
          case "q15" -> counted(b -> List.of(day(b)), (key, in) -> ranks(row("day", key.get(0)), in));
          case "q16" -> q16();
          case "q17" -> q17();
          case "q18" -> q18();
          case "q19" -> q19();
          case "q20" -> q20();
          case "q21" -> q21();
          case "q22" -> q22();
          default -> throw new IllegalArgumentException(query);
        });
  }

  private static JsonNode row(Object... namesAndValues) {
    Map<String, Object> row = new TreeMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      row.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return MAPPER.valueToTree(row);
  }

  private static JsonNode with(JsonNode row, Object... namesAndValues) {
    Map<String, Object> all = new TreeMap<>();
    row.properties().forEach(m -> all.put(m.getKey(), m.getValue()));
    for (int i = 0; i < namesAndValues.length; i += 2) {
      all.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return MAPPER.valueToTree(all);
  }

  private static JsonNode only(JsonNode row, String names) {
    Map<String, Object> some = new TreeMap<>();
    for (String name : names.split(" ")) {
      some.put(name, row.path(name));
    }
    return MAPPER.valueToTree(some);
  }

  private static long number(JsonNode row, String field) {
    return row.path(field).longValue();
  }

  private static String text(JsonNode row, String field) {
    return row.path(field).stringValue();
  }

  private static long time(JsonNode row, String field) {
    return Instant.parse(text(row, field)).toEpochMilli();
  }

  private static long time(JsonNode row) {
    return time(row, "date_time");
  }

  private static String shown(long millis) {
    return Instant.ofEpochMilli(millis).toString();
  }

  private static long window(long time) {
    return Math.floorDiv(time, WINDOW) * WINDOW;
  }

  private static BigDecimal converted(JsonNode bid) {
    return RATE.multiply(BigDecimal.valueOf(number(bid, "price")));
  }

  private static String day(JsonNode bid) {
    return text(bid, "date_time").substring(0, 10);
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
                  prices.computeIfAbsent(number(auction, "category"), c -> new ArrayList<>()).add(price));
    }
    List<JsonNode> rows = new ArrayList<>();
    prices.forEach(
        (category, all) ->
            rows.add(row("category", category, "avg_price", all.stream().mapToLong(p -> p).average().orElseThrow())));
    return rows;
  }

  private List<JsonNode> q5() {
    Map<Long, Map<Long, Long>> counts = new TreeMap<>();
    for (JsonNode bid : bids) {
      long last = Math.floorDiv(time(bid), 2 * SECOND) * 2 * SECOND;
      for (long start = last; start > time(bid) - WINDOW; start -= 2 * SECOND) {
        counts.computeIfAbsent(start, s -> new TreeMap<>()).merge(number(bid, "auction"), 1L, Long::sum);
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

  private List<JsonNode> q7() {
    Map<Long, Long> highest = new TreeMap<>();
    bids.forEach(b -> highest.merge(window(time(b)), number(b, "price"), Math::max));
    return bids.stream()
        .filter(b -> number(b, "price") == highest.get(window(time(b))))
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
      valid(auction).stream()
          .min(Comparator.comparing((JsonNode b) -> -number(b, "price")).thenComparing(b -> time(b)))
          .ifPresent(b -> rows.add(won(auction, b)));
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
    Map<Long, List<JsonNode>> byBidder = bids.stream().collect(Collectors.groupingBy(b -> number(b, "bidder"), TreeMap::new, Collectors.toList()));
    byBidder.forEach(
        (bidder, own) -> {
          long[] times = own.stream().mapToLong(NexmarkRows::time).sorted().toArray();
          int from = 0;
          for (int i = 0; i < times.length; i++) {
            if (i + 1 == times.length || times[i + 1] - times[i] > WINDOW) {
              rows.add(row("bidder", bidder, "window_start", shown(times[from]), "window_end", shown(times[i] + WINDOW), "bid_count", i + 1 - from));
              from = i + 1;
            }
          }
        });
    return rows;
  }

  private List<JsonNode> q14() {
    List<JsonNode> rows = new ArrayList<>();
    for (JsonNode bid : bids) {
      double price = converted(bid).doubleValue();
      if (price > 1_000_000 && price < 50_000_000) {
        int hour = Integer.parseInt(text(bid, "date_time").substring(11, 13));
        String part = hour >= 8 && hour <= 18 ? "dayTime" : hour <= 6 || hour >= 20 ? "nightTime" : "otherTime";
        long letters = text(bid, "extra").chars().filter(c -> c == 'c').count();
        rows.add(with(only(bid, "auction bidder date_time extra"), "price", converted(bid), "time_of_day", part, "c_counts", letters));
      }
    }
    return rows;
  }

  private List<JsonNode> counted(Function<JsonNode, List<Object>> key, BiFunction<List<Object>, List<JsonNode>, JsonNode> row) {
    List<JsonNode> rows = new ArrayList<>();
    bids.stream().collect(Collectors.groupingBy(key)).forEach((k, in) -> rows.add(row.apply(k, in)));
    return rows;
  }

  private static JsonNode ranks(JsonNode row, List<JsonNode> in) {
    JsonNode bidsToo = rankedBids(row, in);
    JsonNode bidders = ranked(bidsToo, in, "bidders", part -> part.stream().map(b -> number(b, "bidder")).distinct().count());
    return ranked(bidders, in, "auctions", part -> part.stream().map(b -> number(b, "auction")).distinct().count());
  }

  private static JsonNode rankedBids(JsonNode row, List<JsonNode> in) {
    return ranked(row, in, "bids", part -> (long) part.size());
  }

  private static JsonNode ranked(JsonNode row, List<JsonNode> in, String what, Function<List<JsonNode>, Long> count) {
    List<JsonNode> low = in.stream().filter(b -> number(b, "price") < 10_000).toList();
    List<JsonNode> high = in.stream().filter(b -> number(b, "price") >= 1_000_000).toList();
    List<JsonNode> middle = in.stream().filter(b -> !low.contains(b) && !high.contains(b)).toList();
    return with(row, "total_" + what, count.apply(in), "rank1_" + what, count.apply(low), "rank2_" + what, count.apply(middle), "rank3_" + what, count.apply(high));
  }

  private List<JsonNode> q16() {
    return counted(
        b -> List.of(text(b, "channel"), day(b)),
        (key, in) -> {
          String minute = in.stream().map(b -> text(b, "date_time").substring(11, 16)).max(Comparator.naturalOrder()).orElseThrow();
          return ranks(row("channel", key.get(0), "day", key.get(1), "minute", minute), in);
        });
  }

  private List<JsonNode> q17() {
    return counted(
        b -> List.of(number(b, "auction"), day(b)),
        (key, in) -> {
          var prices = in.stream().mapToLong(b -> number(b, "price")).summaryStatistics();
          JsonNode row = row("auction", key.get(0), "day", key.get(1), "min_price", prices.getMin(), "max_price", prices.getMax(), "avg_price", prices.getAverage(), "sum_price", prices.getSum());
          return rankedBids(row, in);
        });
  }

  /** All fields in order, which settles what is equal otherwise. */
  private static Comparator<JsonNode> allFields() {
    return Comparator.comparing((JsonNode b) -> number(b, "auction"))
        .thenComparing(b -> number(b, "bidder"))
        .thenComparing(b -> number(b, "price"))
        .thenComparing(b -> text(b, "channel"))
        .thenComparing(b -> text(b, "url"))
        .thenComparing(b -> time(b))
        .thenComparing(b -> text(b, "extra"));
  }

  private List<JsonNode> q18() {
    Comparator<JsonNode> latest = Comparator.comparing((JsonNode b) -> -time(b)).thenComparing(allFields());
    return counted(b -> List.of(number(b, "bidder"), number(b, "auction")), (key, in) -> in.stream().min(latest).orElseThrow());
  }

  private List<JsonNode> q19() {
    Comparator<JsonNode> dearest = Comparator.comparing((JsonNode b) -> -number(b, "price")).thenComparing(allFields());
    List<JsonNode> rows = new ArrayList<>();
    for (List<JsonNode> in : bids.stream().collect(Collectors.groupingBy(b -> number(b, "auction"))).values()) {
      List<JsonNode> sorted = in.stream().sorted(dearest).limit(10).toList();
      for (int i = 0; i < sorted.size(); i++) {
        rows.add(with(sorted.get(i), "rank_number", i + 1));
      }
    }
    return rows;
  }

  private List<JsonNode> q20() {
    Map<Long, JsonNode> known = new HashMap<>();
    auctions.stream().filter(a -> number(a, "category") == 10).forEach(a -> known.put(number(a, "id"), a));
    return bids.stream()
        .filter(b -> known.containsKey(number(b, "auction")))
        .map(
            b -> {
              JsonNode auction = known.get(number(b, "auction"));
              JsonNode both = with(b, "opened_at", auction.path("date_time"), "auction_extra", auction.path("extra"));
              for (String field : "item_name description initial_bid reserve expires seller category".split(" ")) {
                both = with(both, field, auction.path(field));
              }
              return both;
            })
        .toList();
  }

  private List<JsonNode> q21() {
    List<JsonNode> rows = new ArrayList<>();
    for (JsonNode bid : bids) {
      String url = text(bid, "url");
      int at = url.indexOf("&channel_id=");
      String number = NUMBERS.get(text(bid, "channel").toLowerCase(Locale.ROOT));
      if (number != null || at >= 0) {
        String found = number != null ? number : url.substring(at + "&channel_id=".length());
        rows.add(with(only(bid, "auction bidder price channel"), "channel_id", found));
      }
    }
    return rows;
  }

  private List<JsonNode> q22() {
    return bids.stream()
        .map(
            b -> {
              String[] parts = text(b, "url").split("/");
              return with(only(b, "auction bidder price channel"), "dir1", parts[3], "dir2", parts[4], "dir3", parts[5]);
            })
        .toList();
  }
}
