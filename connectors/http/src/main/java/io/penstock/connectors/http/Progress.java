package io.penstock.connectors.http;

import io.penstock.api.source.Position;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How far a server was asked: what a position holds.
 *
 * @param rounds how often it was asked to the last page
 * @param page what asks for the next page of the round at hand; empty for the first
 * @param pages how many pages of the round were handed on
 * @param records how many records were handed on in all
 * @param cursor what the cursor's parameter is in this round
 * @param seen the greatest value that was seen, in JSON
 * @param validators what the last answer to the same question is known by
 */
record Progress(
    long rounds,
    Optional<String> page,
    int pages,
    long records,
    Optional<String> cursor,
    Optional<String> seen,
    Validators validators) {
  /** What an answer is known by. */
  record Validators(Optional<String> etag, Optional<String> modified) {
    static final Validators NONE = new Validators(Optional.empty(), Optional.empty());
  }

  static Progress of(Position at) {
    SortedMap<String, String> of = at.evidence();
    return new Progress(
        at.offset(),
        Optional.ofNullable(of.get("page")),
        Integer.parseInt(of.getOrDefault("pages", "0")),
        Long.parseLong(of.getOrDefault("records", "0")),
        Optional.ofNullable(of.get("cursor")),
        Optional.ofNullable(of.get("seen")),
        new Validators(
            Optional.ofNullable(of.get("etag")), Optional.ofNullable(of.get("modified"))));
  }

  Position position() {
    SortedMap<String, String> of = new TreeMap<>();
    page.ifPresent(value -> of.put("page", value));
    if (pages > 0) {
      of.put("pages", Integer.toString(pages));
    }
    of.put("records", Long.toString(records));
    cursor.ifPresent(value -> of.put("cursor", value));
    seen.ifPresent(value -> of.put("seen", value));
    validators.etag().ifPresent(value -> of.put("etag", value));
    validators.modified().ifPresent(value -> of.put("modified", value));
    return new Position(rounds, of);
  }

  /** A page was handed on, and another follows. */
  Progress onTo(String next, int more, Optional<String> greatest) {
    return new Progress(
        rounds, Optional.of(next), pages + 1, records + more, cursor, greatest, validators);
  }

  /** The last page was handed on; the next round asks for what is new. */
  Progress roundOver(
      int more, Optional<String> nextCursor, Optional<String> greatest, Validators known) {
    return new Progress(
        rounds + 1, Optional.empty(), 0, records + more, nextCursor, greatest, known);
  }
}
