package io.penstock.connectors.standard.json;

import io.penstock.api.data.FieldPath;
import io.penstock.api.problem.ProblemCode;
import io.penstock.connectors.standard.value.Shown;
import io.penstock.json.Json;
import io.penstock.json.JsonScanner;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Where the members of a change stand in its record. Single-threaded. */
final class ChangeMembers {
  /** The member is not there, or null. */
  static final int NONE = -1;

  private static final byte[][] NAMES = {ascii("op"), ascii("before"), ascii("after")};
  private static final byte[] PAYLOAD = ascii("payload");
  private static final FieldPath[] PATHS = {
    FieldPath.of("op"), FieldPath.of("before"), FieldPath.of("after"), FieldPath.of("payload")
  };
  private static final int OP = 0;
  private static final int BEFORE = 1;
  private static final int AFTER = 2;
  private static final int INNER = 3;

  private final Envelope envelope;
  private final int[] places = new int[4];
  private final boolean[] seen = new boolean[4];
  private Envelope.@Nullable Act act;

  ChangeMembers(Envelope envelope) {
    this.envelope = envelope;
  }

  private static byte[] ascii(String name) {
    return name.getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Goes through the record, which must be all that is left; false where it is a tombstone, which
   * says nothing that the delete before it has not said. Throws {@code RecordProblem} or {@code
   * JsonProblem}.
   */
  boolean find(JsonScanner scanner, int from, int end) {
    clear();
    if (envelope.hasPayload() && scanner.kind() == Json.Kind.NULL) {
      scanner.takeNull();
      scanner.end();
      return false;
    }
    demandObject(scanner);
    members(scanner, envelope.hasPayload());
    scanner.end();
    if (seen[INNER] && !seen[OP]) {
      int inner = places[INNER];
      clear();
      if (inner == NONE) {
        return false;
      }
      scanner.reset(scanner.source(), from, end);
      scanner.position(inner);
      members(scanner, false);
    }
    if (!seen[OP]) {
      throw new RecordProblem(ProblemCode.D103, "`op` is missing");
    }
    return true;
  }

  Envelope.Act act() {
    return java.util.Objects.requireNonNull(act);
  }

  int before() {
    return places[BEFORE];
  }

  int after() {
    return places[AFTER];
  }

  private void clear() {
    Arrays.fill(places, NONE);
    Arrays.fill(seen, false);
    act = null;
  }

  private static void demandObject(JsonScanner scanner) {
    if (scanner.kind() != Json.Kind.OBJECT) {
      int at = scanner.position();
      scanner.skip();
      throw new RecordProblem(
          ProblemCode.D104,
          "a change must be an object, not " + Shown.of(scanner.source(), at, scanner.position()));
    }
  }

  private void members(JsonScanner scanner, boolean payloads) {
    scanner.beginObject();
    while (scanner.nextName()) {
      int member = member(scanner, payloads);
      if (member == NONE) {
        scanner.skip();
        continue;
      }
      if (seen[member]) {
        throw scanner.repeated();
      }
      seen[member] = true;
      if (member == OP) {
        ValueDecoders.demand(scanner, Json.Kind.TEXT, PATHS[OP], "must be a text");
        scanner.takeText();
        act = envelope.act(scanner.slice(), scanner.sliceFrom(), scanner.sliceTo());
      } else if (scanner.kind() == Json.Kind.NULL) {
        scanner.takeNull();
      } else {
        ValueDecoders.demand(scanner, Json.Kind.OBJECT, PATHS[member], "must be an object");
        places[member] = scanner.position();
        scanner.skip();
      }
    }
  }

  private static int member(JsonScanner scanner, boolean payloads) {
    for (int i = 0; i < NAMES.length; i++) {
      if (is(scanner, NAMES[i])) {
        return i;
      }
    }
    return payloads && is(scanner, PAYLOAD) ? INNER : NONE;
  }

  private static boolean is(JsonScanner scanner, byte[] name) {
    return Arrays.equals(
        scanner.slice(), scanner.sliceFrom(), scanner.sliceTo(), name, 0, name.length);
  }
}
