package io.penstock.connectors.http;

import io.penstock.api.data.FieldPath;
import io.penstock.api.option.Config;
import io.penstock.api.option.Matter;
import io.penstock.api.option.Option;
import io.penstock.json.Json;
import java.util.Optional;

/** Where a good answer, which is JSON, names the rows that the server has refused. */
public record ItemErrors(
    @Option(
            value = "The path of the list of refused rows; where it is not there, none is.",
            matter = Matter.PACE)
        FieldPath at,
    @Option(
            value = "The path of a row's number in the request, from 0, in each of them.",
            byDefault = "index",
            matter = Matter.PACE)
        FieldPath row,
    @Option(
            value = "The path of the reason in each of them.",
            byDefault = "message",
            matter = Matter.PACE)
        FieldPath message)
    implements Config {
  /** The value at a path; empty where there is none, or null. */
  static Optional<Json> find(Json from, FieldPath path) {
    Optional<Json> found = Optional.of(from);
    for (String name : path.names()) {
      found = found.flatMap(value -> value.member(name));
    }
    return found.filter(value -> !value.isNull());
  }
}
