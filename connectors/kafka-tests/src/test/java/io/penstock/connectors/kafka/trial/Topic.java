package io.penstock.connectors.kafka.trial;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.RangeAssignor;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** A topic as Kafka's own clients see it, apart from all code under test. */
public final class Topic {
  private final String brokers;
  private final String name;
  private final int partitions;
  private volatile @Nullable Exception failure;

  // Made with the first record that is sent; it ends with the process.
  private @Nullable KafkaProducer<byte[], byte[]> producer;

  private Topic(String brokers, String name, int partitions) {
    this.brokers = brokers;
    this.name = name;
    this.partitions = partitions;
  }

  /** Makes a topic that forgets nothing. */
  public static Topic make(Broker broker, String name, int partitions)
      throws ExecutionException, InterruptedException {
    return make(broker, name, partitions, Map.of("retention.ms", "-1"));
  }

  /** Makes a topic with these settings. */
  static Topic make(Broker broker, String name, int partitions, Map<String, String> settings)
      throws ExecutionException, InterruptedException {
    Topic topic = new Topic(broker.address(), name, partitions);
    NewTopic made = new NewTopic(name, Optional.of(partitions), Optional.empty());
    try (Admin admin = topic.admin()) {
      admin.createTopics(List.of(made.configs(settings))).all().get();
    }
    return topic;
  }

  /** A topic that is there, or will be. */
  static Topic named(Broker broker, String name, int partitions) {
    return new Topic(broker.address(), name, partitions);
  }

  private Admin admin() {
    return Admin.create(settings());
  }

  private Map<String, Object> settings() {
    Map<String, Object> settings = new HashMap<>();
    settings.put("bootstrap.servers", brokers);
    return settings;
  }

  /** A record that is sent. */
  static ProducerRecord<byte[], byte[]> record(
      String topic, int partition, @Nullable String key, @Nullable String value) {
    return new ProducerRecord<>(topic, partition, bytes(key), bytes(value));
  }

  /** A record of this topic whose partition follows from its key. */
  public ProducerRecord<byte[], byte[]> keyed(String key, String value) {
    return new ProducerRecord<>(name, bytes(key), bytes(value));
  }

  private static byte @Nullable [] bytes(@Nullable String text) {
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }

  /** Sends records, and waits until they are there. */
  public void send(List<ProducerRecord<byte[], byte[]>> records) {
    KafkaProducer<byte[], byte[]> sending =
        Optional.ofNullable(producer)
            .orElseGet(
                () ->
                    new KafkaProducer<>(
                        settings(), new ByteArraySerializer(), new ByteArraySerializer()));
    producer = sending;
    records.forEach(record -> sending.send(record, (sent, wrong) -> failed(wrong)));
    sending.flush();
    Optional.ofNullable(failure)
        .ifPresent(
            wrong -> {
              throw new IllegalStateException(wrong);
            });
  }

  private void failed(@Nullable Exception wrong) {
    if (wrong != null) {
      failure = wrong;
    }
  }

  /** Sends records {@code {"id": n}} to the partitions in turn. */
  void numbers(int from, int to) {
    send(
        IntStream.range(from, to)
            .mapToObj(n -> record(name, n % partitions, null, "{\"id\":" + n + "}"))
            .toList());
  }

  /** Sends one record in a transaction that is given up, and one in one that is not. */
  void transactions(String lost, String kept) {
    Map<String, Object> settings = settings();
    settings.put("transactional.id", "test");
    try (var producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(record(name, 0, null, lost));
      producer.flush();
      producer.abortTransaction();
      producer.beginTransaction();
      producer.send(record(name, 0, null, kept));
      producer.commitTransaction();
    }
  }

  /** From now on records older than so many milliseconds are deleted. */
  void keepsFor(String millis) throws ExecutionException, InterruptedException {
    ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, name);
    AlterConfigOp set =
        new AlterConfigOp(new ConfigEntry("retention.ms", millis), AlterConfigOp.OpType.SET);
    try (Admin admin = admin()) {
      admin.incrementalAlterConfigs(Map.of(topic, List.of(set))).all().get();
    }
  }

  /** A user that proves a password without telling it, in both ways there are. */
  static void user(Broker broker, String name, String password)
      throws ExecutionException, InterruptedException {
    try (Admin admin = new Topic(broker.address(), "", 1).admin()) {
      // One at a time, since brokers take one change of a user in a request.
      for (ScramMechanism mechanism :
          List.of(ScramMechanism.SCRAM_SHA_256, ScramMechanism.SCRAM_SHA_512)) {
        ScramCredentialInfo how = new ScramCredentialInfo(mechanism, 4096);
        admin
            .alterUserScramCredentials(
                List.of(new UserScramCredentialUpsertion(name, how, password)))
            .all()
            .get();
      }
    }
  }

  /** From now on nobody else may do anything with it. */
  void onlyFor(String user) throws ExecutionException, InterruptedException {
    AclBinding all =
        new AclBinding(
            new ResourcePattern(ResourceType.TOPIC, name, PatternType.LITERAL),
            new AccessControlEntry("User:" + user, "*", AclOperation.ALL, AclPermissionType.ALLOW));
    try (Admin admin = admin()) {
      admin.createAcls(List.of(all)).all().get();
    }
  }

  void deleteBefore(int partition, long offset) throws ExecutionException, InterruptedException {
    try (Admin admin = admin()) {
      admin
          .deleteRecords(
              Map.of(new TopicPartition(name, partition), RecordsToDelete.beforeOffset(offset)))
          .all()
          .get();
    }
  }

  /** From here on a user may do all with the topic but this. */
  void deny(String user, AclOperation what) throws ExecutionException, InterruptedException {
    try (Admin admin = admin()) {
      admin
          .createAcls(
              List.of(
                  rule(user, AclOperation.ALL, AclPermissionType.ALLOW),
                  rule(user, what, AclPermissionType.DENY)))
          .all()
          .get();
    }
  }

  private AclBinding rule(String user, AclOperation what, AclPermissionType permission) {
    return new AclBinding(
        new ResourcePattern(ResourceType.TOPIC, name, PatternType.LITERAL),
        new AccessControlEntry("User:" + user, "*", what, permission));
  }

  /** Nothing is denied to anybody any more. */
  void allowAgain() throws ExecutionException, InterruptedException {
    try (Admin admin = admin()) {
      admin.deleteAcls(List.of(AclBindingFilter.ANY)).all().get();
    }
  }

  static void delete(Broker broker, String name) throws ExecutionException, InterruptedException {
    try (Admin admin = new Topic(broker.address(), name, 1).admin()) {
      admin.deleteTopics(List.of(name)).all().get();
    }
  }

  /** Lets some time go by. */
  void idle(long millis) {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
  }

  /**
   * Takes part in a group for a while, as another program would.
   *
   * @param protocol how the members share: {@code range}, {@code cooperative-sticky}, or {@code
   *     consumer}, where the broker says
   */
  void joinAndLeave(String group, String protocol, Duration length) {
    Map<String, Object> settings = settings();
    settings.put("group.id", group);
    if (protocol.equals("consumer")) {
      settings.put("group.protocol", protocol);
    } else {
      settings.put(
          "partition.assignment.strategy",
          protocol.equals("range")
              ? RangeAssignor.class.getName()
              : CooperativeStickyAssignor.class.getName());
    }
    try (var consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.subscribe(List.of(name));
      long begun = System.nanoTime();
      while (System.nanoTime() - begun < length.toNanos()) {
        var unused = consumer.poll(Duration.ofMillis(50));
      }
    }
  }

  void addPartitions(int all) throws ExecutionException, InterruptedException {
    try (Admin admin = admin()) {
      admin.createPartitions(Map.of(name, NewPartitions.increaseTo(all))).all().get();
    }
  }

  /** All records of decided transactions, in the order of each partition. */
  List<ConsumerRecord<byte[], byte[]>> records() {
    return records("read_committed");
  }

  /** All records that a consumer of this isolation level sees. */
  List<ConsumerRecord<byte[], byte[]>> records(String isolation) {
    Map<String, Object> settings = settings();
    settings.put("isolation.level", isolation);
    settings.put("auto.offset.reset", "earliest");
    List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
    try (var consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> parts =
          IntStream.range(0, partitions).mapToObj(p -> new TopicPartition(name, p)).toList();
      consumer.assign(parts);
      consumer.seekToBeginning(parts);
      Map<TopicPartition, Long> ends = consumer.endOffsets(parts);
      while (parts.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
        consumer.poll(Duration.ofMillis(100)).forEach(all::add);
      }
    }
    return all;
  }

  /** Whether there are so many records of decided transactions, of those that are alike one. */
  boolean holds(int count) throws ExecutionException, InterruptedException {
    long offsets = 0;
    try (Admin admin = admin()) {
      for (int partition = 0; partition < partitions; partition++) {
        TopicPartition one = new TopicPartition(name, partition);
        offsets +=
            admin.listOffsets(Map.of(one, OffsetSpec.latest())).partitionResult(one).get().offset();
      }
    }
    return offsets >= count && values().stream().distinct().count() >= count;
  }

  /** The values of all records as text. */
  List<String> values() {
    return records().stream()
        .map(r -> new String(r.value(), StandardCharsets.UTF_8))
        .sorted()
        .toList();
  }
}
