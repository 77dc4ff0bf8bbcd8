package io.penstock.core.expression.aggregate;

import io.penstock.core.state.StateInput;
import io.penstock.core.state.StateOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The source partitions that rows have come from, numbered as they were met. */
final class Partitions {
  /** The number of no partition, which comes before all others. */
  static final int NONE = -1;

  private static final long ENTRY = 160;

  private record Name(String source, String split) {}

  private static final Comparator<Name> ORDER =
      Comparator.comparing(Name::source).thenComparing(Name::split);

  private final List<Name> names = new ArrayList<>();
  private final Map<Name, Integer> numbers = new HashMap<>();
  private int last = NONE;
  private long bytes;

  /** The number of a partition. */
  int number(String source, String split) {
    // One after the other they are the same more often than not.
    if (last != NONE
        && names.get(last).source.equals(source)
        && names.get(last).split.equals(split)) {
      return last;
    }
    last = number(new Name(source, split));
    return last;
  }

  private int number(Name name) {
    Integer known = numbers.putIfAbsent(name, names.size());
    if (known != null) {
      return known;
    }
    names.add(name);
    bytes += ENTRY + name.source.length() + name.split.length();
    return names.size() - 1;
  }

  /** The number of a partition that has a number elsewhere. */
  int number(Partitions elsewhere, int number) {
    if (number == NONE) {
      return NONE;
    }
    Name name = elsewhere.names.get(number);
    return number(name.source, name.split);
  }

  /** Compares two partitions by their names. */
  int compare(int one, int other) {
    if (one == other || one == NONE || other == NONE) {
      return Integer.compare(one, other);
    }
    return ORDER.compare(names.get(one), names.get(other));
  }

  /** About how many bytes of memory it takes. */
  long bytes() {
    return bytes;
  }

  Names names() {
    return new Names();
  }

  /** Writes or reads partitions one after the other, each name once. */
  final class Names {
    private final List<Integer> read = new ArrayList<>();
    private final Map<Integer, Integer> written = new HashMap<>();

    /** 0 stands for none, a number that is new is followed by the name. */
    void write(int number, StateOutput to) throws IOException {
      if (number == NONE) {
        to.number(0);
        return;
      }
      Integer place = written.putIfAbsent(number, written.size() + 1);
      to.number(place == null ? written.size() : place);
      if (place == null) {
        to.text(names.get(number).source);
        to.text(names.get(number).split);
      }
    }

    int read(StateInput from) throws IOException {
      int place = from.count(read.size() + 1);
      if (place == 0) {
        return NONE;
      }
      if (place > read.size()) {
        read.add(number(from.text(), from.text()));
      }
      return read.get(place - 1);
    }
  }
}
