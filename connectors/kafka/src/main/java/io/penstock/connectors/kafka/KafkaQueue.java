package io.penstock.connectors.kafka;

import io.penstock.api.option.OneOrMany;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.source.Bound;
import io.penstock.api.source.Discovery;
import io.penstock.api.source.Position;
import io.penstock.api.source.Reader;
import io.penstock.api.source.ReaderContext;
import io.penstock.api.source.Source;
import io.penstock.api.source.SourceContext;
import io.penstock.api.source.Split;
import io.penstock.api.source.SplitState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.jspecify.annotations.Nullable;

/**
 * Records that a share group hands out, each to one of its members. The brokers keep what is not
 * acknowledged, and it is acknowledged once its epoch is decided.
 */
final class KafkaQueue implements Source {
  static final Split RECORDS = new Split("records");

  private final KafkaSourceConfig config;
  private final String group;
  private @Nullable SourceContext run;
  private @Nullable QueueReader reader;

  KafkaQueue(KafkaSourceConfig config, String group) {
    this.config = config;
    this.group = group;
  }

  @Override
  public void open(SourceContext context) throws IOException {
    run = context;
    try (Admin admin =
        Admin.create(config.client().ofAdmin(context.step(), context.disk(), context.files()))) {
      var unused = admin.describeTopics(names()).allTopicNames().get();
      settle(admin);
    } catch (KafkaException | ExecutionException wrong) {
      throw failure().of("the share group `" + group + "` cannot be joined", wrong);
    } catch (InterruptedException stopped) {
      throw failure().interrupted("the share group `" + group + "` cannot be joined", stopped);
    }
  }

  private List<String> names() {
    return List.copyOf(
        new TreeSet<>(config.topic().name().map(OneOrMany::values).orElse(List.of())));
  }

  /** Where a group begins, and which records it gives, is kept by the brokers for all members. */
  private void settle(Admin admin) throws InterruptedException, ExecutionException {
    Map<String, String> wanted =
        Map.of(
            "share.auto.offset.reset",
            config.startAt() instanceof Start.Latest ? "latest" : "earliest",
            "share.isolation.level",
            config.isolation().name().toLowerCase(Locale.ROOT));
    ConfigResource here = new ConfigResource(ConfigResource.Type.GROUP, group);
    Config known =
        Objects.requireNonNull(admin.describeConfigs(List.of(here)).all().get().get(here));
    List<AlterConfigOp> changes = new ArrayList<>();
    wanted.forEach(
        (name, value) -> {
          Optional<String> before =
              Optional.ofNullable(known.get(name)).map(ConfigEntry::value).filter(value::equals);
          if (before.isEmpty()) {
            changes.add(new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET));
          }
        });
    if (!changes.isEmpty()) {
      admin.incrementalAlterConfigs(Map.of(here, changes)).all().get();
    }
  }

  private SourceContext opened() {
    return Objects.requireNonNull(run);
  }

  private Failure failure() {
    return new Failure(opened().step(), config.client(), ProblemCode.R210);
  }

  @Override
  public Discovery discover(List<SplitState> known) {
    return new Discovery(known.isEmpty() ? List.of(RECORDS) : List.of(), List.of(), List.of());
  }

  @Override
  public Bound end(Split split) {
    throw failure()
        .problem(
            ProblemCode.E502,
            "`" + opened().step() + "` takes what a share group hands out, which has no end",
            "let the pipeline run with `mode: continuous`, or leave out `queue`");
  }

  @Override
  public Reader reader(ReaderContext context) throws IOException {
    SourceContext with = opened();
    Map<String, Object> settings = config.client().settings(with.step(), with.disk(), with.files());
    settings.put("group.id", group);
    settings.put("share.acknowledgement.mode", "explicit");
    settings.putIfAbsent("max.poll.records", QueueReader.MOST_RECORDS);
    Pauses.putInto(settings, config.retries());
    close();
    QueueReader made =
        new QueueReader(
            settings,
            names(),
            new RecordBlocks(context, with.meta()),
            failure(),
            with.scheduler(),
            config.timeout());
    reader = made;
    return made;
  }

  @Override
  public void decided(long epoch, Map<Split, Position> upTo) {
    QueueReader reading = reader;
    Position position = upTo.get(RECORDS);
    if (reading != null && position != null) {
      reading.decided(position.offset());
    }
  }

  @Override
  public void close() {
    QueueReader reading = reader;
    reader = null;
    if (reading != null) {
      reading.end();
    }
  }
}
