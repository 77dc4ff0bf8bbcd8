package io.penstock.connectors.standard.socket;

import io.penstock.api.format.Encoder;
import io.penstock.api.format.FormatConfig;
import io.penstock.api.option.Checks;
import io.penstock.api.problem.Origin;
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.sink.Rejects;
import io.penstock.api.sink.Sink;
import io.penstock.api.sink.SinkContext;
import io.penstock.api.sink.SinkRows;
import io.penstock.api.sink.SinkTraits;
import io.penstock.api.sink.SinkWriter;
import io.penstock.api.sink.Staged;
import io.penstock.api.system.Probe;
import io.penstock.connectors.standard.value.ByteScan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sends a record for each row. */
final class SocketSink implements Sink {
  /** Rows that are sent again until the receiver has them. */
  static final SinkTraits CONFIRMED = new SinkTraits(SinkTraits.Kind.IMMEDIATE, false, false);

  /** Rows of which nobody knows whether they arrive. */
  static final SinkTraits HOPED =
      new SinkTraits(SinkTraits.Kind.IMMEDIATE, false, false, false, true);

  private final String address;
  private final boolean lines;
  private final Opening opening;
  private @Nullable SinkContext run;

  /** Makes what sends. */
  interface Opening {
    Sender open(SinkContext run, Address to) throws IOException;
  }

  /**
   * A sink.
   *
   * @param lines whether a record may have no line feed in it
   */
  SocketSink(String address, boolean lines, Opening opening) {
    this.address = address;
    this.lines = lines;
    this.opening = opening;
  }

  /** Refuses formats that begin each record with a header. */
  static void checkFormat(Optional<FormatConfig> format, Checks checks) {
    if (format.isPresent() && format.get().format().traits().header()) {
      checks.problem(
          ProblemCode.E110,
          "format",
          "each row is a record by itself, and this format has a header before it",
          "write `format: { csv: { header: false } }`");
    }
  }

  /** What keeps from an address that takes connections. */
  static List<Problem> connect(String written, Probe probe) {
    Address to = Address.of(written).orElseThrow();
    return probe
        .reach(to.host(), to.port())
        .map(
            outage ->
                List.of(
                    Problem.of(
                        outage.ofSink(),
                        Origin.file(probe.step()),
                        switch (outage) {
                          case UNKNOWN_HOST -> "nobody knows the host of `" + to + "`";
                          case REFUSED -> "nothing listens at `" + to + "`";
                          default -> "`" + to + "` gives no answer";
                        },
                        "check `address`, and the network between")))
        .orElse(List.of());
  }

  @Override
  public void open(SinkContext context) {
    run = context;
  }

  @Override
  public SinkWriter writer(int index) throws IOException {
    SinkContext opened = Objects.requireNonNull(run);
    Encoder encoder = opened.format().orElseThrow().encoder(opened.schema());
    Sender sender = opening.open(opened, Address.of(address).orElseThrow());
    return new Writer(encoder, sender, lines);
  }

  @Override
  public String location() {
    return address;
  }

  @Override
  public void close() {
    // Writers close what they have opened.
  }

  /** Sends the rows of one task. */
  private record Writer(Encoder encoder, Sender sender, boolean lines) implements SinkWriter {
    @Override
    public Rejects write(SinkRows rows) throws IOException {
      List<Rejects.Reject> refused = new ArrayList<>();
      Rejects unwritten =
          encoder.each(
              rows.rows(),
              (row, bytes, from, length) -> {
                Optional<String> why = refusal(bytes, from, length);
                if (why.isPresent()) {
                  refused.add(new Rejects.Reject(row, ProblemCode.D303, why.get()));
                } else {
                  sender.add(bytes, from, length);
                }
              });
      refused.addAll(unwritten.rows());
      refused.sort(java.util.Comparator.comparingInt(Rejects.Reject::row));
      return refused.isEmpty() ? Rejects.NONE : new Rejects(refused);
    }

    private Optional<String> refusal(byte[] bytes, int from, int length) {
      if (lines && ByteScan.contains(bytes, from, from + length, (byte) '\n')) {
        return Optional.of(
            "the record has a line feed in it, and a record is a line; use `framing: octet_counting`");
      }
      return length > sender.most()
          ? Optional.of(
              "the record has " + length + " bytes, and a datagram at most " + sender.most())
          : Optional.empty();
    }

    @Override
    public void tick() throws IOException {
      sender.flush();
    }

    @Override
    public List<Staged> prepare(long epoch) throws IOException {
      sender.flush();
      return List.of();
    }

    @Override
    public void close() throws IOException {
      sender.close();
    }
  }
}
