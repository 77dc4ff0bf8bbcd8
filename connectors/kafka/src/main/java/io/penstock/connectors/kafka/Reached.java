package io.penstock.connectors.kafka;

import io.penstock.api.option.OneOrMany;
import io.penstock.api.problem.Outage;
import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.system.Probe;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;

/** What keeps a run from topics, found by asking the brokers. */
final class Reached {
  private final Client client;
  private final ProblemCode code;
  private final Probe probe;
  private final AclOperation needed;
  private final String doing;

  private Reached(Client client, ProblemCode code, Probe probe, AclOperation needed, String doing) {
    this.client = client;
    this.code = code;
    this.probe = probe;
    this.needed = needed;
    this.doing = doing;
  }

  /** What keeps from reading topics. */
  static List<Problem> reading(Client client, Topics topics, Probe probe) throws IOException {
    Reached reached =
        new Reached(client.within(part(probe)), ProblemCode.R210, probe, AclOperation.READ, "read");
    return reached.problems(topics);
  }

  private static Duration part(Probe probe) {
    return probe.timeout().dividedBy(2);
  }

  private List<Problem> problems(Topics topics) throws IOException {
    List<Problem> silent = brokers();
    if (silent.size() == client.brokers().values().size()) {
      return silent;
    }
    Map<String, Object> settings = client.ofAdmin(probe.step(), probe.disk(), probe.files());
    try (Admin admin = Admin.create(settings)) {
      try {
        return look(admin, topics);
      } finally {
        admin.close(Duration.ZERO);
      }
    } catch (PipelineException one) {
      return List.of(one.problem());
    } catch (RuntimeException wrong) {
      return List.of(failure().of("no client can be made", wrong).problem());
    }
  }

  private Failure failure() {
    return new Failure(probe.step(), client, code);
  }

  /** Of those that are not reached, one each; where one is, the others do no harm. */
  private List<Problem> brokers() {
    List<Problem> found = new ArrayList<>();
    for (String broker : client.brokers().values()) {
      Address at = Address.of(broker).orElseThrow();
      probe
          .reach(at.host(), at.port())
          .ifPresent(outage -> found.add(failure().unreached(broker, outage)));
    }
    return found;
  }

  private List<Problem> look(Admin admin, Topics topics) {
    Set<String> names;
    try {
      names =
          topics.pattern().isEmpty()
              ? new TreeSet<>(topics.name().map(OneOrMany::values).orElse(List.of()))
              : KafkaSource.matching(admin, topics.pattern().get());
    } catch (Exception wrong) {
      throw failed("the topics cannot be listed", wrong);
    }
    List<Problem> found = new ArrayList<>();
    var options = new DescribeTopicsOptions().includeAuthorizedOperations(true);
    Map<String, KafkaFuture<TopicDescription>> asked =
        admin.describeTopics(names, options).topicNameValues();
    for (var topic : new TreeMap<>(asked).entrySet()) {
      String cannot = "topic `" + topic.getKey() + "` cannot be " + doing;
      try {
        Collection<AclOperation> may = topic.getValue().get().authorizedOperations();
        if (may != null && !may.contains(needed)) {
          found.add(failure().forbidden(cannot));
        }
      } catch (Exception wrong) {
        Problem problem = failed(cannot, wrong).problem();
        found.add(problem);
        if (isForAll(problem)) {
          // It would be told once for each topic.
          break;
        }
      }
    }
    return found;
  }

  private static boolean isForAll(Problem problem) {
    return Stream.of(Outage.LOGIN, Outage.DISTRUST, Outage.SILENT)
        .anyMatch(o -> problem.code() == o.ofSource() || problem.code() == o.ofSink());
  }

  private PipelineException failed(String doing, Exception wrong) {
    if (wrong instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
    return failure().of(doing, wrong);
  }
}
