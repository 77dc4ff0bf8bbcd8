package io.penstock.dsl.launcher.trace;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.format.Encoder;
import io.penstock.api.format.Format;
import io.penstock.api.format.FormatConfig;
import io.penstock.api.option.Template;
import io.penstock.api.sink.Rejects;
import io.penstock.api.sink.Sink;
import io.penstock.api.sink.SinkConfig;
import io.penstock.api.sink.SinkContext;
import io.penstock.api.sink.SinkRows;
import io.penstock.api.sink.SinkTraits;
import io.penstock.api.sink.SinkUse;
import io.penstock.api.sink.SinkWriter;
import io.penstock.api.sink.Staged;
import io.penstock.dsl.launcher.rows.JsonRow;
import io.penstock.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Takes the rows of an output, or those meant for a sink, and keeps those that the record has made.
 * Rows of a sink are encoded as the sink would. Written by one task; read after the run's end.
 */
final class Probe implements SinkConfig, Sink, SinkWriter {
  private final Interest interest;
  private final List<Template> templates;
  private final List<String> paths;
  private final List<Seen> seen = new ArrayList<>();
  private Optional<SinkContext> context = Optional.empty();

  /** Which rows are kept. */
  @FunctionalInterface
  interface Interest {
    boolean takes(Batch rows, int row);
  }

  /**
   * A row that was kept.
   *
   * @param bytes what a sink would write of it; empty where nothing is written as bytes
   * @param targets where it goes: the sink's paths, or the texts of its templates
   */
  record Seen(Json row, Optional<byte[]> bytes, List<String> targets) {}

  private Probe(Interest interest, List<Template> templates, List<String> paths) {
    this.interest = interest;
    this.templates = List.copyOf(templates);
    this.paths = List.copyOf(paths);
  }

  /** A probe at an output. */
  static Probe at(Interest interest) {
    return new Probe(interest, List.of(), List.of());
  }

  /** A probe in the place of a sink. */
  static Probe inPlaceOf(SinkConfig sink, Interest interest) {
    return new Probe(interest, sink.templates(), sink.paths());
  }

  synchronized List<Seen> seen() {
    return List.copyOf(seen);
  }

  @Override
  public SinkTraits traits(SinkUse use) {
    return new SinkTraits(SinkTraits.Kind.IMMEDIATE, false, true);
  }

  /** Rows are only looked at, so nobody is told of them. */
  @Override
  public Format encoding(FormatConfig format) {
    return format.format();
  }

  @Override
  public boolean needsFormat() {
    return false;
  }

  @Override
  public List<Template> templates() {
    return templates;
  }

  @Override
  public Sink sink() {
    return this;
  }

  @Override
  public void open(SinkContext run) {
    context = Optional.of(run);
  }

  @Override
  public SinkWriter writer(int index) {
    return this;
  }

  @Override
  public synchronized Rejects write(SinkRows written) throws IOException {
    Batch rows = written.rows();
    List<Rejects.Reject> rejects = new ArrayList<>();
    for (int row = 0; row < rows.size(); row++) {
      if (!interest.takes(rows, row)) {
        continue;
      }
      Batch one = rows.gather(new int[] {row}, 1);
      Optional<Format> format = context.flatMap(SinkContext::format);
      Optional<byte[]> bytes = Optional.empty();
      if (format.isPresent()) {
        Encoded encoded = encoded(format.get(), one);
        if (!encoded.rejects().rows().isEmpty()) {
          Rejects.Reject why = encoded.rejects().rows().get(0);
          rejects.add(new Rejects.Reject(row, why.code(), why.message()));
          continue;
        }
        bytes = Optional.of(encoded.bytes());
      }
      seen.add(new Seen(JsonRow.of(one, 0), bytes, targets(written, row)));
    }
    return new Rejects(rejects);
  }

  private record Encoded(byte[] bytes, Rejects rejects) {}

  /** What a row adds to a file that has rows already; where it adds nothing, a file of it alone. */
  private Encoded encoded(Format format, Batch row) throws IOException {
    Encoder encoder = format.encoder(row.schema());
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    Encoder.ByteSink to = (bytes, from, count) -> all.write(bytes, from, count);
    encoder.open(to);
    Rejects rejects = encoder.write(row, to);
    if (!rejects.rows().isEmpty()) {
      return new Encoded(new byte[0], rejects);
    }
    int before = all.size();
    encoder.write(row, to);
    int after = all.size();
    if (after > before) {
      return new Encoded(Arrays.copyOfRange(all.toByteArray(), before, after), Rejects.NONE);
    }
    ByteArrayOutputStream alone = new ByteArrayOutputStream();
    Encoder.ByteSink file = (bytes, from, count) -> alone.write(bytes, from, count);
    Encoder whole = format.encoder(row.schema());
    whole.open(file);
    whole.write(row, file);
    whole.close(file);
    return new Encoded(alone.toByteArray(), Rejects.NONE);
  }

  private List<String> targets(SinkRows written, int row) {
    if (templates.isEmpty()) {
      return paths;
    }
    List<String> texts = new ArrayList<>();
    for (Template template : templates) {
      List<Column.Bytes> values = written.computed().get(template);
      StringBuilder text = new StringBuilder();
      int next = 0;
      for (Template.Part part : template.parts()) {
        if (part instanceof Template.Literal literal) {
          text.append(literal.text());
        } else {
          text.append(values == null ? "" : values.get(next++).text(row));
        }
      }
      texts.add(text.toString());
    }
    return texts;
  }

  @Override
  public List<Staged> prepare(long epoch) {
    return List.of();
  }

  @Override
  public void close() {}
}
