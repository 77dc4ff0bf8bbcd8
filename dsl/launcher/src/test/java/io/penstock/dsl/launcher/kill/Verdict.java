package io.penstock.dsl.launcher.kill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What is wrong with outputs, by looking at nothing but them.
 *
 * @param lost rows that are nowhere
 * @param doubled rows that are there again
 * @param reordered rows that come after a later one of their key
 * @param corrupt rows whose checksum does not fit, and lines that are no rows
 * @param phantom rows that nobody has written, and files that nobody should see
 */
record Verdict(int lost, int doubled, int reordered, int corrupt, int phantom) {
  static final Verdict CLEAN = new Verdict(0, 0, 0, 0, 0);

  private static final Pattern ROW =
      Pattern.compile(
          "\\{\"seq\":(\\d+),\"key\":\"(\\w+)\",\"value\":\"?(\\w+)\"?,\"checksum\":(\\d+)\\}");
  private static final Pattern TOTAL =
      Pattern.compile("\\{\"key\":\"(\\w+)\",\"rows\":(\\d+),\"sum\":(-?\\d+)\\}");
  private static final Pattern LETTER = Pattern.compile("\"row\":(\\{[^}]*\\})");

  Verdict plus(Verdict other) {
    return new Verdict(
        lost + other.lost,
        doubled + other.doubled,
        reordered + other.reordered,
        corrupt + other.corrupt,
        phantom + other.phantom);
  }

  /** Judges the outputs of a pipeline that has come to its end. */
  static Verdict of(Path folder, Shape shape, Orders orders) throws IOException {
    Verdict all =
        rows(lines(folder.resolve("parts")), orders, false)
            .plus(rows(letters(lines(folder.resolve("bad"))), orders, true))
            .plus(firsts(Files.readAllLines(folder.resolve("firsts.jsonl")), orders))
            .plus(leftovers(folder));
    for (String file : shape.files()) {
      all = all.plus(rows(Files.readAllLines(folder.resolve(file)), orders, false));
    }
    return shape != Shape.GOES_ON
        ? all.plus(totals(Files.readAllLines(folder.resolve("totals.jsonl")), orders))
        : all;
  }

  /** The lines of all parts, in the order in which they became visible. */
  private static List<String> lines(Path folder) throws IOException {
    List<Path> parts;
    try (Stream<Path> files = Files.list(folder)) {
      parts =
          files
              .filter(f -> f.getFileName().toString().matches("part-.*jsonl"))
              .sorted(java.util.Comparator.comparing(Verdict::order))
              .toList();
    }
    List<String> lines = new ArrayList<>();
    for (Path part : parts) {
      lines.addAll(Files.readAllLines(part));
    }
    return lines;
  }

  // part-<run>-<epoch>-<n>.jsonl: numbers in front of each other by value.
  private static String order(Path part) {
    String[] pieces = part.getFileName().toString().replaceAll("\\..*", "").split("-");
    StringBuilder order = new StringBuilder();
    for (int i = Math.max(1, pieces.length - 2); i < pieces.length; i++) {
      order.append(String.format("%12s", pieces[i]));
    }
    return order.toString();
  }

  private static List<String> letters(List<String> lines) {
    List<String> rows = new ArrayList<>();
    for (String line : lines) {
      Matcher letter = LETTER.matcher(line);
      rows.add(letter.find() ? letter.group(1) : line);
    }
    return rows;
  }

  private static Verdict rows(List<String> lines, Orders orders, boolean bad) {
    int[] seen = new int[orders.rows()];
    Map<String, Integer> last = new HashMap<>();
    int corrupt = 0;
    int phantom = 0;
    int reordered = 0;
    for (String line : lines) {
      Matcher row = ROW.matcher(line);
      if (!row.matches()) {
        corrupt++;
        continue;
      }
      int seq = Integer.parseInt(row.group(1));
      if (seq >= orders.rows() || Orders.isBad(seq) != bad) {
        phantom++;
        continue;
      }
      boolean right =
          row.group(2).equals(Orders.key(seq))
              && row.group(3).equals(Orders.value(seq))
              && row.group(4).equals(Long.toString(Orders.checksum(seq)));
      corrupt += right ? 0 : 1;
      seen[seq]++;
      Integer before = last.put(row.group(2), seq);
      reordered += before != null && before > seq ? 1 : 0;
    }
    int lost = 0;
    int doubled = 0;
    for (int seq = 0; seq < seen.length; seq++) {
      lost += Orders.isBad(seq) == bad && seen[seq] == 0 ? 1 : 0;
      doubled += Math.max(0, seen[seq] - 1);
    }
    return new Verdict(lost, doubled, reordered, corrupt, phantom);
  }

  /** The first good row of each key must have come out, and no other. */
  private static Verdict firsts(List<String> lines, Orders orders) {
    Map<String, Integer> expected = new TreeMap<>();
    for (int seq = 0; seq < orders.rows(); seq++) {
      if (!Orders.isBad(seq)) {
        expected.putIfAbsent(Orders.key(seq), seq);
      }
    }
    int corrupt = 0;
    int doubled = 0;
    for (String line : lines) {
      Matcher row = ROW.matcher(line);
      if (!row.matches()) {
        corrupt++;
        continue;
      }
      Integer first = expected.remove(row.group(2));
      doubled += first == null ? 1 : 0;
      corrupt += first != null && Integer.parseInt(row.group(1)) != first ? 1 : 0;
    }
    return new Verdict(expected.size(), doubled, 0, corrupt, 0);
  }

  private static Verdict totals(List<String> lines, Orders orders) {
    Map<String, long[]> expected = new TreeMap<>();
    for (int seq = 0; seq < orders.rows(); seq++) {
      if (!Orders.isBad(seq)) {
        long[] total = expected.computeIfAbsent(Orders.key(seq), k -> new long[2]);
        total[0]++;
        total[1] += Long.parseLong(Orders.value(seq));
      }
    }
    int corrupt = 0;
    int doubled = 0;
    for (String line : lines) {
      Matcher row = TOTAL.matcher(line);
      long[] total = row.matches() ? expected.get(row.group(1)) : null;
      if (total == null) {
        doubled++;
        continue;
      }
      expected.remove(row.group(1));
      boolean right =
          Long.parseLong(row.group(2)) == total[0] && Long.parseLong(row.group(3)) == total[1];
      corrupt += right ? 0 : 1;
    }
    return new Verdict(expected.size(), doubled, 0, corrupt, 0);
  }

  private static Verdict leftovers(Path folder) throws IOException {
    int left = 0;
    for (String output : List.of("parts", "bad")) {
      try (Stream<Path> files = Files.walk(folder.resolve(output))) {
        left += (int) files.filter(f -> f.toString().endsWith(".tmp")).count();
      }
    }
    return new Verdict(0, 0, 0, 0, left);
  }
}
