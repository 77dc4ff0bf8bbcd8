package io.penstock.connectors.http;

import com.sun.net.httpserver.HttpExchange;
import io.penstock.api.format.BlockCheck;
import io.penstock.api.problem.ProblemCode;
import java.util.List;
import java.util.Optional;

/**
 * A request that is there whole, and waits for its answer.
 *
 * @param body unpacked; as it came where it cannot be unpacked
 * @param rows how many rows it has
 * @param bad why it is refused: the first of its records that are none
 * @param badCount how many of those there are
 */
record Arrival(
    HttpExchange exchange,
    byte[] body,
    RequestMeta meta,
    int rows,
    List<BlockCheck.Bad> bad,
    int badCount) {
  Arrival {
    bad = List.copyOf(bad);
  }

  boolean isBad() {
    return badCount > 0;
  }

  ProblemCode code() {
    return bad.get(0).code();
  }

  /** Why it is refused. */
  String message() {
    BlockCheck.Bad first = bad.get(0);
    Optional<String> where =
        first.line() > 1
            ? Optional.of(", in line " + first.line() + " of the request")
            : Optional.empty();
    String more = badCount > 1 ? ", and " + (badCount - 1) + " more in this request" : "";
    return first.message() + where.orElse("") + more;
  }
}
