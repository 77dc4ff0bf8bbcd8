package io.penstock.connectors.standard.socket;

import io.penstock.api.format.FormatConfig;
import io.penstock.api.option.Checks;
import io.penstock.api.option.Component;
import io.penstock.api.option.Matter;
import io.penstock.api.option.Option;
import io.penstock.api.sink.Sink;
import io.penstock.api.sink.SinkConfig;
import io.penstock.api.sink.SinkTraits;
import io.penstock.api.sink.SinkUse;
import java.util.Optional;

/** The options of the sink that sends datagrams. */
@Component(
    name = "udp",
    summary = "Sends a datagram for each row by UDP; nobody knows whether it arrives.",
    example = "udp: { address: \"localhost:9000\", format: json }")
public record UdpSinkConfig(
    @Option(value = "Where rows are sent, `host:port`.", main = true, matter = Matter.PLACE)
        String address,
    @Option("How each row is written.") Optional<FormatConfig> format)
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
    return SocketSink.HOPED;
  }

  @Override
  public Sink sink() {
    return new SocketSink(address, false, (run, to) -> new UdpSender(run.step(), to));
  }
}
