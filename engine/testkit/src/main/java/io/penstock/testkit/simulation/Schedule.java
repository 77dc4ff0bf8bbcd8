package io.penstock.testkit.simulation;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * All that a simulated world leaves to chance: a seed for what happens, the faults, and at which
 * choices the first of the possibilities is taken instead.
 */
public record Schedule(long seed, List<Fault> faults, BitSet calm) {
  private static final int MOST_LIVES = 5;

  public Schedule {
    faults = List.copyOf(faults);
    calm = (BitSet) calm.clone();
  }

  /**
   * The schedule of a seed. Each turns on some kinds of faults only, so that rare pairs meet.
   *
   * @param kinds that may be turned on
   */
  public static Schedule of(long seed, List<Fault.Kind> kinds) {
    Random chance = Chance.of(seed, 0);
    List<Fault> faults = new ArrayList<>();
    int lives = chance.nextInt(MOST_LIVES);
    for (Fault.Kind kind : kinds) {
      if (chance.nextBoolean()) {
        for (int life = 0; life <= lives; life++) {
          if (chance.nextInt(kind.endsProcess() ? 3 : 2) > 0 || kind.endsProcess()) {
            faults.add(new Fault(life, step(chance), kind, chance.nextInt(1 << 16)));
          }
        }
      }
    }
    return new Schedule(seed, faults, new BitSet());
  }

  // Small numbers as often as large ones: recovery is short.
  private static int step(Random chance) {
    return chance.nextInt(2 << chance.nextInt(9));
  }

  /** Without one of the faults. */
  Schedule without(Fault fault) {
    List<Fault> fewer = new ArrayList<>(faults);
    fewer.remove(fault);
    return new Schedule(seed, fewer, calm);
  }

  /** With the first possibility taken at these choices too. */
  Schedule calmer(int from, int to) {
    BitSet more = (BitSet) calm.clone();
    more.set(from, to);
    return new Schedule(seed, faults, more);
  }

  /** The life from which on nothing goes wrong. */
  public int lastFaultyLife() {
    return faults.stream().mapToInt(Fault::life).max().orElse(-1);
  }

  /** One line, from which {@link #parse} makes the same schedule. */
  @Override
  public String toString() {
    return seed
        + " "
        + faults.stream().map(Fault::toString).collect(Collectors.joining(","))
        + " "
        + calmText();
  }

  private String calmText() {
    StringBuilder text = new StringBuilder();
    for (int from = calm.nextSetBit(0); from >= 0; ) {
      int to = calm.nextClearBit(from);
      text.append(text.isEmpty() ? "" : ",").append(from).append('-').append(to);
      from = calm.nextSetBit(to);
    }
    return text.isEmpty() ? "-" : text.toString();
  }

  /** Reads the line of a schedule. */
  public static Schedule parse(String line) {
    String[] parts = line.split(" ", -1);
    List<Fault> faults = new ArrayList<>();
    if (!parts[1].isEmpty()) {
      for (String fault : parts[1].split(",", -1)) {
        faults.add(Fault.parse(fault));
      }
    }
    BitSet calm = new BitSet();
    if (parts.length > 2 && !parts[2].equals("-")) {
      for (String range : parts[2].split(",", -1)) {
        String[] ends = range.split("-", -1);
        calm.set(Integer.parseInt(ends[0]), Integer.parseInt(ends[1]));
      }
    }
    return new Schedule(Long.parseLong(parts[0]), faults, calm);
  }
}
