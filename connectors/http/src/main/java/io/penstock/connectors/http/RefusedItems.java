package io.penstock.connectors.http;

import io.penstock.api.problem.ProblemCode;
import io.penstock.api.sink.Rejects;
import io.penstock.json.Json;
import io.penstock.json.JsonProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The rows that a good answer says are refused.
 *
 * @param numbers of the rows of the request
 */
record RefusedItems(ItemErrors where, int[] numbers) {
  private static final int LONGEST = 500;

  /** An answer that does not say it as it should; which rows have arrived is not known then. */
  static final class UnreadableException extends Exception {
    private static final long serialVersionUID = 1L;

    UnreadableException(String message) {
      super(message);
    }
  }

  List<Rejects.Reject> of(Answer answer) throws UnreadableException {
    if (answer.body().length == 0) {
      return List.of();
    }
    if (answer.cut()) {
      throw new UnreadableException("the answer is too long to be read");
    }
    Json body;
    try {
      body = Json.parse(answer.body(), 0, answer.body().length);
    } catch (JsonProblem noJson) {
      throw new UnreadableException("the answer is no JSON");
    }
    List<Rejects.Reject> refused = new ArrayList<>();
    List<Json> items = ItemErrors.find(body, where.at()).map(Json::elements).orElse(List.of());
    for (Json item : items) {
      OptionalLong index =
          ItemErrors.find(item, where.row()).map(Json::asLong).orElse(OptionalLong.empty());
      if (index.isEmpty() || index.getAsLong() < 0 || index.getAsLong() >= numbers.length) {
        throw new UnreadableException("`" + shown(item.toText()) + "` names no row of the request");
      }
      Optional<Json> message = ItemErrors.find(item, where.message());
      String why = message.map(m -> m.asText().orElseGet(m::toText)).orElse("no reason was given");
      int row = numbers[(int) index.getAsLong()];
      refused.add(new Rejects.Reject(row, ProblemCode.D312, shown(why)));
    }
    return refused;
  }

  private static String shown(String text) {
    return text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
  }
}
