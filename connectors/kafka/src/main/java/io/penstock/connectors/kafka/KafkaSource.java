package io.penstock.connectors.kafka;

import io.penstock.api.option.OneOrMany;
import io.penstock.api.problem.PipelineException;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The partitions of topics, each a split. */
final class KafkaSource implements Source {
  /** What of a position's evidence tells the topic, which may be deleted and made anew. */
  static final String TOPIC_ID = "topic_id";

  // Where reading lags behind there is always so much.
  private static final int GATHERED = 64 << 10;

  private final KafkaSourceConfig config;
  private @Nullable SourceContext run;
  private @Nullable Admin admin;
  private final Map<String, Uuid> topics = new HashMap<>();
  private boolean begun;
  private boolean silent;
  private long silentNanos;

  KafkaSource(KafkaSourceConfig config) {
    this.config = config;
  }

  @Override
  public void open(SourceContext context) throws IOException {
    run = context;
    try {
      admin =
          Admin.create(config.client().ofAdmin(context.step(), context.disk(), context.files()));
    } catch (RuntimeException wrong) {
      throw failure().of("no client can be made", wrong);
    }
  }

  private Failure failure() {
    return new Failure(context().step(), config.client(), ProblemCode.R210);
  }

  @Override
  public Discovery discover(List<SplitState> known) throws IOException {
    begun = known.isEmpty();
    Map<String, TopicDescription> found;
    try {
      found = describe(wanted());
    } catch (PipelineException missing) {
      if (known.isEmpty() || !unreachable(missing)) {
        throw missing;
      }
      // The consumer waits for the brokers too; only for how long is decided here.
      return new Discovery(List.of(), List.of(), List.of());
    }
    silent = false;
    Set<Split> old = known.stream().map(SplitState::split).collect(Collectors.toSet());
    List<Split> added = new ArrayList<>();
    for (TopicDescription topic : new TreeMap<>(found).values()) {
      topics.put(topic.name(), topic.topicId());
      for (int i = 0; i < topic.partitions().size(); i++) {
        Split split = Partition.split(new TopicPartition(topic.name(), i));
        if (!old.contains(split)) {
          added.add(split);
        }
      }
    }
    for (SplitState state : known) {
      verify(state, found);
    }
    return new Discovery(added, List.of(), List.of());
  }

  private boolean unreachable(PipelineException missing) {
    if (!(missing.getCause() instanceof TimeoutException)) {
      return false;
    }
    long now = context().clock().nanos();
    if (!silent) {
      silent = true;
      silentNanos = now;
    }
    // At a start nothing is read yet, so there is nothing to be patient for.
    return !topics.isEmpty() && !config.retries().giveUpAfter().isOver(now - silentNanos);
  }

  private Set<String> wanted() {
    if (config.topic().pattern().isEmpty()) {
      return new TreeSet<>(config.topic().name().map(OneOrMany::values).orElse(List.of()));
    }
    try {
      return matching(admin(), config.topic().pattern().get());
    } catch (Exception wrong) {
      throw failed("the topics cannot be listed", wrong);
    }
  }

  /** The topics whose names a pattern matches as a whole. */
  static Set<String> matching(Admin admin, String pattern)
      throws InterruptedException, ExecutionException {
    Pattern names = Pattern.compile(pattern);
    return admin.listTopics().names().get().stream()
        .filter(name -> names.matcher(name).matches())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private Map<String, TopicDescription> describe(Set<String> names) {
    try {
      return admin().describeTopics(names).allTopicNames().get();
    } catch (Exception wrong) {
      throw failed("topic `" + config.topic().shown() + "` cannot be read", wrong);
    }
  }

  private PipelineException failed(String doing, Exception wrong) {
    if (wrong instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
    return failure().of(doing, wrong);
  }

  /** What was read before must be of the topics that are there. */
  private void verify(SplitState state, Map<String, TopicDescription> found) {
    TopicPartition partition = Partition.of(state.split());
    TopicDescription topic = found.get(partition.topic());
    if (topic == null || partition.partition() >= topic.partitions().size()) {
      throw failure()
          .problem(
              ProblemCode.R202,
              "`"
                  + state.split().id()
                  + "` is gone; it was read up to offset "
                  + state.position().offset(),
              "bring the topic back, or begin anew with `--fresh`");
    }
    String id = state.position().evidence().getOrDefault(TOPIC_ID, topic.topicId().toString());
    if (!id.equals(topic.topicId().toString())) {
      throw failure()
          .problem(
              ProblemCode.R202,
              "`"
                  + partition.topic()
                  + "` was deleted and made anew; the former topic was read up to offset "
                  + state.position().offset()
                  + " of partition "
                  + partition.partition(),
              "begin anew with `--fresh`");
    }
  }

  /** At first as the options say; a partition that comes later is read from its beginning. */
  @Override
  public Position start(Split split) throws IOException {
    Start start = begun ? config.startAt() : new Start.Earliest();
    TopicPartition partition = Partition.of(split);
    long offset =
        offset(
            partition,
            start instanceof Start.Earliest ? OffsetSpec.earliest() : OffsetSpec.latest());
    if (start instanceof Start.At time) {
      long found = offset(partition, OffsetSpec.forTimestamp(time.millis()));
      offset = found < 0 ? offset : found;
    }
    return position(split, offset);
  }

  /** The position in the topic that is there now. */
  Position position(Split split, long offset) {
    Uuid id = topics.get(Partition.of(split).topic());
    TreeMap<String, String> evidence = new TreeMap<>();
    if (id != null) {
      evidence.put(TOPIC_ID, id.toString());
    }
    return new Position(offset, evidence);
  }

  private long offset(TopicPartition partition, OffsetSpec which) {
    IsolationLevel level =
        config.isolation() == KafkaSourceConfig.Isolation.READ_COMMITTED
            ? IsolationLevel.READ_COMMITTED
            : IsolationLevel.READ_UNCOMMITTED;
    try {
      return admin()
          .listOffsets(Map.of(partition, which), new ListOffsetsOptions(level))
          .partitionResult(partition)
          .get()
          .offset();
    } catch (Exception wrong) {
      throw failed("the offsets of `" + partition + "` cannot be read", wrong);
    }
  }

  @Override
  public Bound end(Split split) throws IOException {
    return new Bound(offset(Partition.of(split), OffsetSpec.latest()));
  }

  @Override
  public Reader reader(ReaderContext context) throws IOException {
    SourceContext opened = context();
    Map<String, Object> settings =
        config.client().settings(opened.step(), opened.disk(), opened.files());
    settings.put("enable.auto.commit", false);
    settings.put("auto.offset.reset", "none");
    settings.put("allow.auto.create.topics", false);
    settings.put("isolation.level", config.isolation().name().toLowerCase(java.util.Locale.ROOT));
    settings.putIfAbsent("max.poll.records", 4096);
    gather(settings, context.gather());
    Pauses.putInto(settings, config.retries());
    return new KafkaReader(this, settings, context, failure(), opened.meta());
  }

  /** The broker waits for more where nobody waits for less, unless the options say how long. */
  private static void gather(Map<String, Object> settings, Duration most) {
    if (most.isZero()
        || settings.containsKey("fetch.min.bytes")
        || settings.containsKey("fetch.max.wait.ms")) {
      return;
    }
    settings.put("fetch.min.bytes", GATHERED);
    settings.put("fetch.max.wait.ms", (int) Math.max(1, most.toMillis()));
  }

  /** The first offset that the broker still has. */
  long earliest(TopicPartition partition) {
    return offset(partition, OffsetSpec.earliest());
  }

  /** The offset behind the last record. */
  long latest(TopicPartition partition) {
    return offset(partition, OffsetSpec.latest());
  }

  /** Shown to people by the tools of groups; nobody waits for it, and failing is no error. */
  @Override
  public void decided(long epoch, Map<Split, Position> upTo) throws IOException {
    if (config.group().isEmpty() || upTo.isEmpty()) {
      return;
    }
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    upTo.forEach((s, at) -> offsets.put(Partition.of(s), new OffsetAndMetadata(at.offset())));
    var unused = admin().alterConsumerGroupOffsets(config.group().get(), offsets);
  }

  @Override
  public OptionalLong left(Map<Split, Position> at) throws IOException {
    long left = 0;
    try {
      for (Map.Entry<Split, Position> from : at.entrySet()) {
        left += Math.max(0, latest(Partition.of(from.getKey())) - from.getValue().offset());
      }
    } catch (PipelineException unknown) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(left);
  }

  private Admin admin() {
    Admin opened = admin;
    if (opened == null) {
      throw new IllegalStateException("not open");
    }
    return opened;
  }

  private SourceContext context() {
    SourceContext opened = run;
    if (opened == null) {
      throw new IllegalStateException("not open");
    }
    return opened;
  }

  @Override
  public void close() {
    Admin opened = admin;
    admin = null;
    if (opened != null) {
      opened.close(config.timeout());
    }
  }
}
