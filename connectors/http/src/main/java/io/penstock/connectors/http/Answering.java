package io.penstock.connectors.http;

import com.sun.net.httpserver.HttpExchange;
import io.penstock.api.format.BlockCheck;
import io.penstock.connectors.http.HttpServerConfig.Reply;
import io.penstock.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Answers one request. That the sender is gone by then is no error: it may send again. */
record Answering(HttpExchange exchange) {
  private static final String JSON = "application/json";

  /** The rows of the request are decided. */
  void accepted(Reply reply, int rows) {
    String body =
        reply
            .body()
            .orElseGet(() -> Json.object(Map.of("rows", Json.ofNumber(rows))).toText() + "\n");
    send(reply.accepted(), reply.type(), body);
  }

  /** Nothing of the request is taken, since some of it is malformed. */
  void refused(int status, Arrival arrival) {
    List<Json> problems = new ArrayList<>();
    for (BlockCheck.Bad bad : arrival.bad()) {
      Map<String, Json> problem = new LinkedHashMap<>();
      problem.put("code", Json.ofText(bad.code().name()));
      problem.put("line", Json.ofNumber(bad.line()));
      problem.put("message", Json.ofText(bad.message()));
      problems.add(Json.object(problem));
    }
    Map<String, Json> body = new LinkedHashMap<>();
    body.put("problems", Json.list(problems));
    body.put("count", Json.ofNumber(arrival.badCount()));
    send(status, JSON, Json.object(body).toText() + "\n");
  }

  /** Not now. */
  void later(int status, String why) {
    exchange.getResponseHeaders().set("Retry-After", "1");
    turnedAway(status, why);
  }

  /** Not at all. */
  void turnedAway(int status, String why) {
    send(status, JSON, Json.object(Map.of("problem", Json.ofText(why))).toText() + "\n");
  }

  private void send(int status, String type, String text) {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    boolean none = body.length == 0 || status == 204 || exchange.getRequestMethod().equals("HEAD");
    try (exchange) {
      if (!none) {
        exchange.getResponseHeaders().set("Content-Type", type);
      }
      exchange.sendResponseHeaders(status, none ? -1 : body.length);
      if (!none) {
        exchange.getResponseBody().write(body);
      }
    } catch (IOException gone) {
      // Whoever does not hear it sends again.
    }
  }
}
