package io.penstock.connectors.standard.socket;

import io.penstock.api.problem.Origin;
import io.penstock.api.problem.Outage;
import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;
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
      Framing framing,
      Confirm confirm,
      Duration timeout,
      Retry retry,
      Clock clock,
      Scheduler scheduler) {}

  TcpSender(Way way) {
    this.way = way;
  }

  @Override
  public int most() {
    return Integer.MAX_VALUE / 4;
  }

  @Override
  public void add(byte[] record, int from, int length) throws IOException {
    if (way.framing() == Framing.OCTET_COUNTING) {
      bytes.appendNumber(length);
      bytes.append(' ');
    }
    bytes.append(record, from, length);
    if (way.framing() == Framing.LINES) {
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
    for (int tries = 1; ; tries++) {
      try {
        send();
        bytes = bytes.array().length > MANY / 4 ? new ByteBuilder(1024) : cleared();
        return;
      } catch (UnknownHostException unknown) {
        throw problem(unknown, Optional.empty());
      } catch (IOException broken) {
        hangUp();
        long used = way.clock().nanos() - begun;
        Duration pause = way.retry().pause(tries);
        if (way.retry().giveUpAfter().isOver(used + pause.toNanos())) {
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
      open = new Line(address, way.timeout());
      line = open;
    }
    open.send(bytes.array(), bytes.length());
    if (way.confirm() == Confirm.CLOSE) {
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
    String what = "`" + way.address() + "` cannot be sent to: " + said;
    if (broken instanceof UnknownHostException) {
      code = Outage.UNKNOWN_HOST.ofSink();
      what = "nobody knows the host of `" + way.address() + "`";
    } else if (broken instanceof SocketTimeoutException) {
      code = Outage.SILENT.ofSink();
    } else if (broken instanceof ConnectException && said.startsWith("Connection refused")) {
      code = Outage.REFUSED.ofSink();
      what = "nothing listens at `" + way.address() + "`";
    }
    boolean open = said.startsWith("the receiver does not close");
    return new PipelineException(
        Problem.of(
            code,
            Origin.file(way.step()),
            what + tried.map(t -> ", tried " + t).orElse(""),
            open
                ? "let the receiver close a connection that has ended, or write `confirm: none`"
                : "check `address` and the receiver; rows since the last checkpoint are sent again"),
        broken);
  }

  @Override
  public void close() throws IOException {
    hangUp();
  }
}
