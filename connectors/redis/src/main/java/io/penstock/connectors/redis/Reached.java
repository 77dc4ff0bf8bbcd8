package io.penstock.connectors.redis;

import io.penstock.api.problem.Origin;
import io.penstock.api.problem.Outage;
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.system.Probe;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import redis.clients.jedis.Connection;
import redis.clients.jedis.exceptions.JedisException;

/** What keeps a run from a server, found by asking it. */
final class Reached {
  private static final String DOING = "the server cannot be asked";

  private Reached() {}

  /** What keeps from streams; one that is not there yet is made by its first entry. */
  static List<Problem> keys(Way way, List<String> streams, Probe probe, ProblemCode code)
      throws IOException {
    Way shorter = way.within(probe.timeout().dividedBy(2));
    Failure failure = new Failure(probe.step(), shorter, code);
    Address at = Address.of(way.server()).orElseThrow();
    Optional<Outage> outage = probe.reach(at.host(), at.port());
    if (outage.isPresent()) {
      return List.of(failure.unreached(outage.get()));
    }
    List<Problem> found = new ArrayList<>();
    try (Connection connection = shorter.connect(probe.disk(), probe.files())) {
      Asked server = new Asked(connection);
      server.ping();
      for (String stream : streams) {
        String kind = server.kind(stream);
        if (!kind.equals("none") && !kind.equals("stream")) {
          found.add(
              Problem.of(
                  code,
                  Origin.file(probe.step()),
                  "`" + stream + "` is no stream, but a " + kind,
                  "name the key of a stream"));
        }
      }
    } catch (JedisException wrong) {
      found.add(failure.of(DOING, wrong).problem());
    }
    return found;
  }
}
