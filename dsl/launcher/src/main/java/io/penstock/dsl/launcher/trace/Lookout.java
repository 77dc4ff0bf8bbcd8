package io.penstock.dsl.launcher.trace;

import io.penstock.api.data.Batch;
import io.penstock.dsl.launcher.rows.JsonRow;
import io.penstock.json.Json;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells rows that the record has made from all others, over the runs of a trace: a first one
 * without the record counts all rows, a second one with it keeps those that were not counted, and a
 * third one, without it again, keeps those that were counted and did not come again. Thread-safe;
 * each place is asked by one task at a time.
 */
final class Lookout {
  private static final Set<String> TIMES = Set.of("failed_at", "epoch");

  private final Map<Place, Tally> tallies = new ConcurrentHashMap<>();
  private final Map<String, Integer> othersFailed = new HashMap<>();
  private volatile Phase phase = Phase.WITH;

  /** Which run is under way. */
  enum Phase {
    COUNT,
    WITH,
    WITHOUT
  }

  void begin(Phase next) {
    if (phase == Phase.COUNT) {
      tallies.values().forEach(Tally::close);
    }
    phase = next;
  }

  /** Whether the record's absence would have left rows that do not come with it. */
  boolean hasLeft() {
    return tallies.values().stream().anyMatch(Tally::hasLeft);
  }

  /** Rows that are told by where they come from. */
  Probe.Interest carried(Cut cut) {
    return (rows, row) -> phase == Phase.WITH && isOf(cut.record(), rows, row);
  }

  private static boolean isOf(Optional<TracedRecord> record, Batch rows, int row) {
    return record.isPresent()
        && rows.provenance().position(row) == record.get().position()
        && rows.provenance().source().equals(record.get().source())
        && rows.provenance().split().equals(record.get().split());
  }

  /** Rows that are told by comparing the runs. */
  Probe.Interest compared(Place place) {
    return (rows, row) -> isOther(place, JsonRow.of(rows, row));
  }

  private boolean isOther(Place place, Json row) {
    return switch (phase) {
      case COUNT -> {
        tallies.computeIfAbsent(place, p -> new Tally()).add(row);
        yield false;
      }
      case WITH -> {
        Tally tally = tallies.get(place);
        yield tally == null || !tally.remove(row);
      }
      case WITHOUT -> {
        Tally tally = tallies.get(place);
        yield tally != null && tally.remove(row);
      }
    };
  }

  /** Dead letters: those of the record itself, and of rows that it made. */
  Probe.Interest letters(Place place, Cut cut) {
    return (rows, row) -> {
      Json letter = JsonRow.of(rows, row);
      Optional<Json> source = letter.member("source");
      Optional<String> position =
          source.flatMap(from -> from.member("position")).flatMap(Json::asText);
      if (position.isEmpty()) {
        return isOther(place, letter.without(TIMES));
      }
      String step = source.flatMap(from -> from.member("step")).flatMap(Json::asText).orElse("");
      boolean own =
          cut.record().isPresent()
              && step.equals(cut.record().get().source())
              && position.get().equals(shown(cut.record().get()));
      if (!own && phase == Phase.WITH) {
        String failed = letter.member("step").flatMap(Json::asText).orElse("");
        othersFailed.merge(failed, 1, Integer::sum);
      }
      return own && phase == Phase.WITH;
    };
  }

  private static String shown(TracedRecord record) {
    return record.split().isEmpty()
        ? Long.toString(record.position())
        : record.split() + "@" + record.position();
  }

  /** How many other records failed, by step; after the run. */
  Map<String, Integer> othersFailed() {
    return othersFailed;
  }
}
