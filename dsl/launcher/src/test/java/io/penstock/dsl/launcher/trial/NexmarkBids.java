package io.penstock.dsl.launcher.trial;

import static io.penstock.dsl.launcher.trial.NexmarkFields.converted;
import static io.penstock.dsl.launcher.trial.NexmarkFields.day;
import static io.penstock.dsl.launcher.trial.NexmarkFields.number;
import static io.penstock.dsl.launcher.trial.NexmarkFields.only;
import static io.penstock.dsl.launcher.trial.NexmarkFields.row;
import static io.penstock.dsl.launcher.trial.NexmarkFields.text;
import static io.penstock.dsl.launcher.trial.NexmarkFields.time;
import static io.penstock.dsl.launcher.trial.NexmarkFields.with;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** What those NexMark queries give that read bids alone. */
final class NexmarkBids {
  private static final Map<String, String> NUMBERS =
      Map.of("apple", "0", "google", "1", "facebook", "2", "baidu", "3");

  private final List<JsonNode> bids;

  NexmarkBids(List<JsonNode> bids) {
    this.bids = bids;
  }

  /** The rows of a query. */
  List<JsonNode> of(String query) {
    return switch (query) {
      case "q0" -> bids;
      case "q1" ->
          bids.stream()
              .map(b -> with(only(b, "auction bidder date_time extra"), "price", converted(b)))
              .toList();
      case "q2" ->
          bids.stream()
              .filter(b -> number(b, "auction") % 123 == 0)
              .map(b -> only(b, "auction price"))
              .toList();
      case "q10" ->
          bids.stream().map(b -> only(b, "auction bidder price date_time extra")).toList();
      case "q13" ->
          bids.stream()
              .map(
                  b ->
                      with(
                          only(b, "auction bidder price date_time"),
                          "value",
                          number(b, "auction") % 10_000))
              .toList();
      case "q14" -> q14();
      case "q15" -> counted(b -> List.of(day(b)), (key, in) -> ranks(row("day", key.get(0)), in));
      case "q16" -> q16();
      case "q17" -> q17();
      case "q18" -> q18();
      case "q19" -> q19();
      case "q21" -> q21();
      case "q22" -> q22();
      default -> throw new IllegalArgumentException(query);
    };
  }

  private List<JsonNode> q14() {
    List<JsonNode> rows = new ArrayList<>();
    for (JsonNode bid : bids) {
      double price = converted(bid).doubleValue();
      if (price > 1_000_000 && price < 50_000_000) {
        int hour = Integer.parseInt(text(bid, "date_time").substring(11, 13));
        String part =
            hour >= 8 && hour <= 18
                ? "dayTime"
                : hour <= 6 || hour >= 20 ? "nightTime" : "otherTime";
        long letters = text(bid, "extra").chars().filter(c -> c == 'c').count();
        rows.add(
            with(
                only(bid, "auction bidder date_time extra"),
                "price",
                converted(bid),
                "time_of_day",
                part,
                "c_counts",
                letters));
      }
    }
    return rows;
  }

  private List<JsonNode> counted(
      Function<JsonNode, List<Object>> key,
      BiFunction<List<Object>, List<JsonNode>, JsonNode> row) {
    List<JsonNode> rows = new ArrayList<>();
    bids.stream()
        .collect(Collectors.groupingBy(key))
        .forEach((k, in) -> rows.add(row.apply(k, in)));
    return rows;
  }

  private static JsonNode ranks(JsonNode row, List<JsonNode> in) {
    JsonNode bidsToo = rankedBids(row, in);
    JsonNode bidders =
        ranked(
            bidsToo,
            in,
            "bidders",
            part -> part.stream().map(b -> number(b, "bidder")).distinct().count());
    return ranked(
        bidders,
        in,
        "auctions",
        part -> part.stream().map(b -> number(b, "auction")).distinct().count());
  }

  private static JsonNode rankedBids(JsonNode row, List<JsonNode> in) {
    return ranked(row, in, "bids", part -> (long) part.size());
  }

  private static JsonNode ranked(
      JsonNode row, List<JsonNode> in, String what, Function<List<JsonNode>, Long> count) {
    List<JsonNode> low = in.stream().filter(b -> number(b, "price") < 10_000).toList();
    List<JsonNode> high = in.stream().filter(b -> number(b, "price") >= 1_000_000).toList();
    List<JsonNode> middle = in.stream().filter(b -> !low.contains(b) && !high.contains(b)).toList();
    return with(
        row,
        "total_" + what,
        count.apply(in),
        "rank1_" + what,
        count.apply(low),
        "rank2_" + what,
        count.apply(middle),
        "rank3_" + what,
        count.apply(high));
  }

  private List<JsonNode> q16() {
    return counted(
        b -> List.of(text(b, "channel"), day(b)),
        (key, in) -> {
          String minute =
              in.stream()
                  .map(b -> text(b, "date_time").substring(11, 16))
                  .max(Comparator.naturalOrder())
                  .orElseThrow();
          return ranks(row("channel", key.get(0), "day", key.get(1), "minute", minute), in);
        });
  }

  private List<JsonNode> q17() {
    return counted(
        b -> List.of(number(b, "auction"), day(b)),
        (key, in) -> {
          var prices = in.stream().mapToLong(b -> number(b, "price")).summaryStatistics();
          JsonNode row =
              row(
                  "auction",
                  key.get(0),
                  "day",
                  key.get(1),
                  "min_price",
                  prices.getMin(),
                  "max_price",
                  prices.getMax(),
                  "avg_price",
                  prices.getAverage(),
                  "sum_price",
                  prices.getSum());
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
    Comparator<JsonNode> latest =
        Comparator.comparing((JsonNode b) -> -time(b)).thenComparing(allFields());
    return counted(
        b -> List.of(number(b, "bidder"), number(b, "auction")),
        (key, in) -> in.stream().min(latest).orElseThrow());
  }

  private List<JsonNode> q19() {
    Comparator<JsonNode> dearest =
        Comparator.comparing((JsonNode b) -> -number(b, "price")).thenComparing(allFields());
    List<JsonNode> rows = new ArrayList<>();
    for (List<JsonNode> in :
        bids.stream().collect(Collectors.groupingBy(b -> number(b, "auction"))).values()) {
      List<JsonNode> sorted = in.stream().sorted(dearest).limit(10).toList();
      for (int i = 0; i < sorted.size(); i++) {
        rows.add(with(sorted.get(i), "rank_number", i + 1));
      }
    }
    return rows;
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
              return with(
                  only(b, "auction bidder price channel"),
                  "dir1",
                  parts[3],
                  "dir2",
                  parts[4],
                  "dir3",
                  parts[5]);
            })
        .toList();
  }
}
