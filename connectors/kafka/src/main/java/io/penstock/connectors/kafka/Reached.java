package io.penstock.connectors.kafka;

import io.penstock.api.option.OneOrMany;
import io.penstock.api.problem.Origin;
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
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;

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
    return reached.problems(
        admin ->
            reached.look(
                admin,
                topics.pattern().isEmpty()
                    ? new TreeSet<>(topics.name().map(OneOrMany::values).orElse(List.of()))
                    : KafkaSource.matching(admin, topics.pattern().get())));
  }

  /**
   * What keeps from writing to topics, and what the brokers would do to the rows afterwards.
   *
   * @param topic the topic's name; empty where each row tells its own
   * @param timed whether the rows tell their times
   */
  static List<Problem> writing(Client client, Optional<String> topic, boolean timed, Probe probe)
      throws IOException {
    Reached reached =
        new Reached(
            client.within(part(probe)), ProblemCode.R310, probe, AclOperation.WRITE, "written");
    return reached.problems(
        admin -> {
          if (topic.isEmpty()) {
            Set<String> unused = admin.listTopics().names().get();
            return List.of();
          }
          List<Problem> found = reached.look(admin, Set.of(topic.get()));
          return found.isEmpty() && timed ? reached.forgetting(admin, topic.get()) : found;
        });
  }

  private static Duration part(Probe probe) {
    return probe.timeout().dividedBy(2);
  }

  /** What is asked of the brokers. */
  @FunctionalInterface
  private interface Asking {
    List<Problem> of(Admin admin) throws InterruptedException, ExecutionException;
  }

  private List<Problem> problems(Asking asking) throws IOException {
    List<Problem> silent = brokers();
    if (silent.size() == client.brokers().values().size()) {
      return silent;
    }
    Map<String, Object> settings = client.ofAdmin(probe.step(), probe.disk(), probe.files());
    try (Admin admin = Admin.create(settings)) {
      try {
        return asking.of(admin);
      } catch (InterruptedException | ExecutionException wrong) {
        return List.of(failed("the topics cannot be listed", wrong).problem());
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

  private List<Problem> look(Admin admin, Set<String> names) {
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

  /** A topic that deletes by the records' own times drops old rows as soon as they come. */
  private List<Problem> forgetting(Admin admin, String topic)
      throws InterruptedException, ExecutionException {
    ConfigResource asked = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    Config config =
        Objects.requireNonNull(admin.describeConfigs(Set.of(asked)).all().get().get(asked));
    long retention = Long.parseLong(value(config, "retention.ms"));
    boolean deletes = value(config, "cleanup.policy").contains("delete");
    boolean own = value(config, "message.timestamp.type").equals("CreateTime");
    if (retention < 0 || !deletes || !own) {
      return List.of();
    }
    return List.of(
        Problem.of(
            ProblemCode.W503,
            Origin.file(probe.step()),
            "topic `"
                + topic
                + "` deletes records whose time is older than "
                + Duration.ofMillis(retention)
                + ", and `timestamp` gives them the times of the rows",
            "set `retention.ms=-1` at the topic, or leave out `timestamp`"));
  }

  private static String value(Config config, String name) {
    ConfigEntry entry = config.get(name);
    return entry == null || entry.value() == null ? "-1" : entry.value();
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
