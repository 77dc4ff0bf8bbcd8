package io.penstock.dsl.launcher.simulated;

import io.penstock.testkit.simulation.Lanes;
import io.penstock.testkit.simulation.World;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The files that come into a watched folder, and what must come out for each of their lines. */
final class Inbox {
  static final Path FOLDER = Path.of("/srv/in");

  private final World world;
  private final ArrayDeque<String> toCome = new ArrayDeque<>();
  private final List<List<String>> files = new ArrayList<>();

  /** Files with lines by chance: rows that pass, rows that are left out, and no rows at all. */
  Inbox(World world, Random chance) {
    this.world = world;
    int count = 2 + chance.nextInt(6);
    for (int file = 0; file < count; file++) {
      List<String> lines = new ArrayList<>();
      int most = chance.nextInt(9);
      for (int n = 0; n < most; n++) {
        lines.add(line(file, n, chance.nextInt(10)));
      }
      files.add(lines);
      toCome.add(name(file));
    }
  }

  private static String name(int file) {
    return "f" + (char) ('a' + file) + ".jsonl";
  }

  private static String line(int file, int n, int value) {
    return value == 0
        ? "bad " + file + " " + n
        : "{\"file\":" + file + ",\"n\":" + n + ",\"value\":" + value + "}";
  }

  /** Says what must come out. */
  void expect(Lanes rows, Lanes letters) {
    for (List<String> lines : files) {
      for (String line : lines) {
        if (line.startsWith("bad")) {
          letters.expect(line);
        } else if (!line.endsWith(":1}")) {
          rows.expect(line);
        }
      }
    }
  }

  /** Whether all files have come. */
  boolean isWhole() {
    return toCome.isEmpty();
  }

  /** The next file is put there, whole and durable, as a careful writer does. */
  void next() {
    String name = toCome.remove();
    String text = String.join("\n", files.get(name.charAt(1) - 'a'));
    byte[] bytes = (text.isEmpty() ? text : text + "\n").getBytes(StandardCharsets.UTF_8);
    world.disk().put(FOLDER.resolve(name), bytes);
  }

  /** The lane of a row or a letter: its file. */
  static String lane(String text) {
    String digits = text.startsWith("bad ") ? text.substring(4) : text.substring(8);
    return digits.substring(0, 1);
  }
}
