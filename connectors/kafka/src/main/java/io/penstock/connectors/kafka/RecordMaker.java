package io.penstock.connectors.kafka;

import io.penstock.api.data.Column;
import io.penstock.api.data.Times;
import io.penstock.api.format.Encoder;
import io.penstock.api.option.ExpressionText;
import io.penstock.api.option.Template;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.sink.Rejects;
import io.penstock.api.sink.SinkContext;
import io.penstock.api.sink.SinkRows;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/** Makes a record of each row. */
final class RecordMaker {
  private final KafkaSinkConfig config;
  private final SinkContext run;
  private final TargetTopics topics;
  private final Acceptance acceptance;
  private final Encoder encoder;

  /** Where records go. */
  interface Records {
    /**
     * Takes a record.
     *
     * @param taken whether the brokers take such a record
     */
    void record(int row, ProducerRecord<byte[], byte[]> record, Acceptance.Answer taken)
        throws IOException;
  }

  RecordMaker(KafkaSinkConfig config, SinkContext run, TargetTopics topics, long largest) {
    this.config = config;
    this.run = run;
    this.topics = topics;
    this.acceptance =
        new Acceptance(config.compression() != KafkaSinkConfig.Compression.NONE, largest);
    this.encoder = run.format().orElseThrow().encoder(run.schema());
  }

  /** Makes the records of rows, in order; those of which none can be made are returned. */
  Rejects make(SinkRows rows, Records to) throws IOException {
    List<Rejects.Reject> rejects = new ArrayList<>();
    Texts texts = Texts.of(config, rows.computed());
    long nowMillis = run.clock().micros() / 1000;
    Rejects unwritable =
        encoder.each(
            rows.rows(),
            (row, bytes, offset, length) -> {
              byte[] value = Arrays.copyOfRange(bytes, offset, offset + length);
              try {
                ProducerRecord<byte[], byte[]> record = record(texts, row, value);
                Limits limits = limits(record);
                to.record(row, record, acceptance.check(record, limits, nowMillis));
              } catch (UnfitException unfit) {
                rejects.add(new Rejects.Reject(row, unfit.code(), unfit.message()));
              }
            });
    if (rejects.isEmpty()) {
      return unwritable;
    }
    rejects.addAll(unwritable.rows());
    rejects.sort(Comparator.comparingInt(Rejects.Reject::row));
    return new Rejects(rejects);
  }

  private ProducerRecord<byte[], byte[]> record(Texts texts, int row, byte[] value)
      throws UnfitException {
    String topic =
        config.topic().isConstant() ? config.topic().prefix() : texts.of(config.topic(), row);
    if (!Topics.isName(topic)) {
      throw new UnfitException(
          ProblemCode.D302,
          "`" + config.topic() + "` gives `" + topic + "`, which no topic can be called");
    }
    List<Header> headers = new ArrayList<>();
    config
        .headers()
        .forEach((name, text) -> headers.add(new TextHeader(name, texts.of(text, row))));
    return new ProducerRecord<>(
        topic,
        partition(texts, row).orElse(null),
        timestamp(texts, row).orElse(null),
        texts.key(row).orElse(null),
        value,
        headers);
  }

  private static Optional<Integer> partition(Texts texts, int row) throws UnfitException {
    Optional<String> written = Texts.value(texts.partitions(), row);
    if (written.isEmpty()) {
      return Optional.empty();
    }
    long number = Long.parseLong(written.get());
    if (number < 0 || number > Integer.MAX_VALUE) {
      throw new UnfitException(ProblemCode.D303, "there is no partition " + number);
    }
    return Optional.of((int) number);
  }

  private static Optional<Long> timestamp(Texts texts, int row) throws UnfitException {
    Optional<String> written = Texts.value(texts.timestamps(), row);
    if (written.isEmpty()) {
      return Optional.empty();
    }
    long millis = Math.floorDiv(Times.parseTimestamp(written.get()), 1000);
    if (millis < 0) {
      throw new UnfitException(
          ProblemCode.D303,
          "a record's time cannot lie before 1970, as " + written.get() + " does");
    }
    return Optional.of(millis);
  }

  private Limits limits(ProducerRecord<byte[], byte[]> record) throws UnfitException {
    Integer partition = record.partition();
    Optional<Limits> limits =
        partition == null
            ? topics.limits(record.topic())
            : topics.limits(record.topic(), partition);
    return limits.orElseThrow(
        () -> new UnfitException(ProblemCode.D303, "there is no topic `" + record.topic() + "`"));
  }

  /** The texts of templates and expressions, by row. */
  private record Texts(
      Map<Template, List<Column.Bytes>> computed,
      Optional<Column.Bytes> keys,
      Optional<Column.Bytes> partitions,
      Optional<Column.Bytes> timestamps) {
    static Texts of(KafkaSinkConfig config, Map<Template, List<Column.Bytes>> computed) {
      return new Texts(
          computed,
          column(config.key(), computed),
          column(config.partition(), computed),
          column(config.timestamp(), computed));
    }

    private static Optional<Column.Bytes> column(
        Optional<ExpressionText> expression, Map<Template, List<Column.Bytes>> computed) {
      return expression.map(e -> computed.getOrDefault(Template.of(e), List.of()).get(0));
    }

    String of(Template template, int row) {
      if (template.isConstant()) {
        return template.prefix();
      }
      List<Column.Bytes> values = computed.getOrDefault(template, List.of());
      StringBuilder text = new StringBuilder();
      int next = 0;
      for (Template.Part part : template.parts()) {
        if (part instanceof Template.Literal literal) {
          text.append(literal.text());
        } else {
          text.append(values.get(next++).text(row));
        }
      }
      return text.toString();
    }

    Optional<byte[]> key(int row) {
      return keys.filter(c -> !c.isNull(row))
          .map(c -> Arrays.copyOfRange(c.bytes(), c.from(row), c.to(row)));
    }

    static Optional<String> value(Optional<Column.Bytes> column, int row) {
      return column.filter(c -> !c.isNull(row)).map(c -> c.text(row));
    }
  }
}
