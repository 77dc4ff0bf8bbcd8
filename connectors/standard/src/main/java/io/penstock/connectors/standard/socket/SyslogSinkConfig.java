package io.penstock.connectors.standard.socket;

import io.penstock.api.data.Schema;
import io.penstock.api.format.FormatConfig;
import io.penstock.api.network.Retry;
import io.penstock.api.network.Tls;
import io.penstock.api.network.Words;
import io.penstock.api.option.Checks;
import io.penstock.api.option.Component;
import io.penstock.api.option.Matter;
import io.penstock.api.option.Option;
import io.penstock.api.problem.Problem;
import io.penstock.api.sink.Sink;
import io.penstock.api.sink.SinkConfig;
import io.penstock.api.sink.SinkTraits;
import io.penstock.api.sink.SinkUse;
import io.penstock.api.system.Probe;
import io.penstock.connectors.standard.log.SyslogConfig;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The options of the sink that sends messages of syslog. */
@Component(
    name = "syslog",
    summary = "Sends a message of syslog for each row, by UDP or TCP.",
    example = "syslog: { address: \"localhost:5140\", protocol: tcp }")
public record SyslogSinkConfig(
    @Option(value = "Where messages are sent, `host:port`.", main = true, matter = Matter.PLACE)
        String address,
    @Option(
            value = "By what messages go; by `udp` nobody knows whether they arrive.",
            byDefault = "udp",
            matter = Matter.PACE)
        Protocol protocol,
    @Option(
            value =
                "How messages are told apart by TCP: `octet_counting` (RFC 6587), or `lines`; left out: `octet_counting`.",
            matter = Matter.CONTENT)
        Optional<Framing> framing,
    @Option("How each message is written; left out: `syslog: single`, by RFC 5424.")
        Optional<FormatConfig> format,
    @Option(
            value =
                "How it is known by TCP that messages have arrived: `close`, they go out by a connection for each second and each checkpoint, and the receiver closes it once it has read all; `none`, it is not known, and one connection is kept: then messages may be lost.",
            byDefault = "close",
            matter = Matter.PACE)
        Confirm confirm,
    @Option(Words.TLS) Optional<Tls> tls,
    @Option(
            value = "How long each wait for the receiver may take by TCP.",
            byDefault = "30s",
            matter = Matter.PACE)
        Duration timeout,
    @Option(value = Words.RETRY, matter = Matter.PACE) Optional<Retry> retry)
    implements SinkConfig {
  @Override
  public void checkEach(Checks checks) {
    Address.checkTarget(address, checks);
  }

  @Override
  public void check(Checks checks) {
    SocketSink.checkFormat(format, checks);
    protocol.check(framing, tls.isPresent(), checks);
  }

  @Override
  public Optional<FormatConfig> format() {
    return Optional.of(format.orElseGet(SyslogConfig::message));
  }

  @Override
  public SinkTraits traits(SinkUse use) {
    return protocol == Protocol.TCP && confirm == Confirm.CLOSE
        ? SocketSink.CONFIRMED
        : SocketSink.HOPED;
  }

  @Override
  public List<Problem> connect(Probe probe, Schema rows) {
    return protocol == Protocol.TCP ? SocketSink.connect(address, probe) : List.of();
  }

  @Override
  public Sink sink() {
    if (protocol == Protocol.UDP) {
      return new SocketSink(address, false, (run, to) -> new UdpSender(run.step(), to));
    }
    Framing by = framing.orElse(Framing.OCTET_COUNTING);
    return new TcpSender.Terms(by, confirm, timeout, retry, tls).sink(address);
  }
}
