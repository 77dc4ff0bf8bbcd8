package io.penstock.connectors.standard.socket;

import io.penstock.api.network.Distrust;
import io.penstock.api.network.Retry;
import io.penstock.api.network.Tls;
import io.penstock.api.problem.Origin;
import io.penstock.api.problem.Outage;
import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.sink.Sink;
import io.penstock.api.sink.SinkContext;
import io.penstock.api.system.Clock;
import io.penstock.api.system.Scheduler;
import io.penstock.json.ByteBuilder;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/**
 * Sends records by TCP. With {@link Confirm#CLOSE} what was taken goes out by a connection of its
 * own, which counts once the receiver has closed it too, and goes out again where it does not come
 * to that. Otherwise the connection is kept.
 */
final class TcpSender implements Sender {
  private static final int MANY = 4 << 20;

  private final Way way;
  private ByteBuilder bytes = new ByteBuilder(1024);
  private @Nullable Line line;

  /** Where records go and how. */
  record Way(
      String step,
      Address address,
      Terms terms,
      Optional<Supplier<SSLEngine>> tls,
      Clock clock,
      Scheduler scheduler) {}

  /** What a pipeline says of how records go. */
  record Terms(
      Framing framing,
      Confirm confirm,
      Duration timeout,
      Optional<Retry> retry,
      Optional<Tls> tls) {
    Sender open(SinkContext run, Address to) throws IOException {
      Optional<Supplier<SSLEngine>> engines =
          tls.isPresent()
              ? Optional.of(TlsEngines.client(tls.get(), to, run.disk(), run.files()))
              : Optional.empty();
      return new TcpSender(new Way(run.step(), to, this, engines, run.clock(), run.scheduler()));
    }

    Sink sink(String address) {
      return new SocketSink(address, framing == Framing.LINES, this::open);
    }
  }

  TcpSender(Way way) {
    this.way = way;
  }

  @Override
  public int most() {
    return Integer.MAX_VALUE / 4;
  }

  @Override
  public void add(byte[] record, int from, int length) throws IOException {
    if (way.terms().framing() == Framing.OCTET_COUNTING) {
      bytes.appendNumber(length);
      bytes.append(' ');
    }
    bytes.append(record, from, length);
    if (way.terms().framing() == Framing.LINES) {
      bytes.append('\n');
    }
    if (bytes.length() >= MANY) {
      flush();
    }
  }

  @Override
  public void flush() throws IOException {
    if (bytes.length() == 0) {
      return;
    }
    long begun = way.clock().nanos();
    Retry retry = way.terms().retry().orElse(Retry.USUAL);
    for (int tries = 1; ; tries++) {
      try {
        send();
        bytes = bytes.array().length > MANY / 4 ? new ByteBuilder(1024) : cleared();
        return;
      } catch (UnknownHostException unknown) {
        throw problem(unknown, Optional.empty());
      } catch (IOException broken) {
        hangUp();
        if (Distrust.isFinal(broken)) {
          throw problem(broken, Optional.empty());
        }
        long used = way.clock().nanos() - begun;
        Duration pause = retry.pause(tries);
        if (retry.giveUpAfter().isOver(used + pause.toNanos())) {
          throw problem(broken, Optional.of(tries + " times in " + used / 1_000_000 + " ms"));
        }
        sleep(pause, broken);
      }
    }
  }

  private ByteBuilder cleared() {
    bytes.truncate(0);
    return bytes;
  }

  private void send() throws IOException {
    Line open = line;
    if (open == null) {
      InetSocketAddress address = way.address().found();
      open = new Line(address, way.terms().timeout(), way.tls().map(Supplier::get), way.clock());
      line = open;
    }
    open.send(bytes.array(), bytes.length());
    if (way.terms().confirm() == Confirm.CLOSE) {
      open.end();
      hangUp();
    }
  }

  private void hangUp() throws IOException {
    Line open = line;
    line = null;
    if (open != null) {
      open.close();
    }
  }

  private void sleep(Duration pause, IOException broken) {
    try {
      way.scheduler().sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw problem(broken, Optional.empty());
    }
  }

  private PipelineException problem(IOException broken, Optional<String> tried) {
    String said = broken.getMessage() == null ? "no reason was given" : broken.getMessage();
    ProblemCode code = ProblemCode.R310;
    String hint = "check `address` and the receiver; rows since the last checkpoint are sent again";
    String what = "`" + way.address() + "` cannot be sent to: " + said;
    if (Distrust.isOne(broken)) {
      code = Outage.DISTRUST.ofSink();
      what = "`" + way.address() + "` " + Distrust.reason(broken);
      hint = "check `tls`: `ca`, the certificate, and the host's name";
    } else if (broken instanceof UnknownHostException) {
      code = Outage.UNKNOWN_HOST.ofSink();
      what = "nobody knows the host of `" + way.address() + "`";
    } else if (broken instanceof SocketTimeoutException) {
      code = Outage.SILENT.ofSink();
    } else if (broken instanceof ConnectException && said.startsWith("Connection refused")) {
      code = Outage.REFUSED.ofSink();
      what = "nothing listens at `" + way.address() + "`";
    }
    if (said.startsWith("the receiver does not close")
        || broken instanceof TlsConnection.Unfinished) {
      hint = "let the receiver close a connection that has ended, or write `confirm: none`";
    }
    return new PipelineException(
        Problem.of(
            code, Origin.file(way.step()), what + tried.map(t -> ", tried " + t).orElse(""), hint),
        broken);
  }

  @Override
  public void close() throws IOException {
    Line open = line;
    line = null;
    if (open != null) {
      open.leave();
    }
  }
}
