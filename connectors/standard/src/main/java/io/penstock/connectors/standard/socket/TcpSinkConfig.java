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
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The options of the sink that sends by TCP. */
@Component(
    name = "tcp",
    summary = "Sends a record for each row by TCP.",
    example = "tcp: { address: \"localhost:9000\", format: json }")
public record TcpSinkConfig(
    @Option(value = "Where rows are sent, `host:port`.", main = true, matter = Matter.PLACE)
        String address,
    @Option("How each row is written.") Optional<FormatConfig> format,
    @Option(
            value =
                "How records are told apart: `lines`, by line feeds; `octet_counting`, by the count of bytes before each (RFC 6587).",
            byDefault = "lines",
            matter = Matter.CONTENT)
        Framing framing,
    @Option(
            value =
                "How it is known that rows have arrived: `close`, they go out by a connection for each second and each checkpoint, and the receiver closes it once it has read all; `none`, it is not known, and one connection is kept: then rows may be lost.",
            byDefault = "close",
            matter = Matter.PACE)
        Confirm confirm,
    @Option(Words.TLS) Optional<Tls> tls,
    @Option(
            value = "How long each wait for the receiver may take.",
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
  }

  @Override
  public SinkTraits traits(SinkUse use) {
    return confirm == Confirm.CLOSE ? SocketSink.CONFIRMED : SocketSink.HOPED;
  }

  @Override
  public List<Problem> connect(Probe probe, Schema rows) {
    return SocketSink.connect(address, probe);
  }

  @Override
  public Sink sink() {
    return new TcpSender.Terms(framing, confirm, timeout, retry, tls).sink(address);
  }
}
