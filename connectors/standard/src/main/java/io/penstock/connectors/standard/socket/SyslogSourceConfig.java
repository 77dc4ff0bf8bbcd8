package io.penstock.connectors.standard.socket;

import io.penstock.api.format.FormatConfig;
import io.penstock.api.network.ServerTls;
import io.penstock.api.option.Checks;
import io.penstock.api.option.Component;
import io.penstock.api.option.DataSize;
import io.penstock.api.option.Matter;
import io.penstock.api.option.Option;
import io.penstock.api.source.MetaField;
import io.penstock.api.source.Source;
import io.penstock.api.source.SourceConfig;
import io.penstock.api.source.SourceTraits;
import io.penstock.connectors.standard.log.SyslogConfig;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The options of the source that takes messages of syslog. */
@Component(
    name = "syslog",
    summary =
        "Takes messages of syslog by UDP or TCP. Senders are told nothing, so what is read and not yet written is lost with the process.",
    example = "syslog: { listen: \"127.0.0.1:5140\", protocol: tcp }")
public record SyslogSourceConfig(
    @Option(
            value =
                "Where to listen, `host:port`, or a port of this machine alone; `0.0.0.0:514` for everybody.",
            main = true,
            matter = Matter.PACE)
        String listen,
    @Option(value = "By what messages come.", byDefault = "udp", matter = Matter.PACE)
        Protocol protocol,
    @Option(
            value =
                "How messages are told apart by TCP: `lines`, or `octet_counting` (RFC 6587); left out: as the first byte of each connection says.",
            matter = Matter.CONTENT)
        Optional<Framing> framing,
    @Option(
            "How each message is read; left out: `syslog: single`, with the year of when it came for times of RFC 3164, read as UTC.")
        Optional<FormatConfig> format,
    @Option("With what it is shown who listens, by TLS over TCP (RFC 5425); left out: without TLS.")
        Optional<ServerTls> tls,
    @Option(
            value = "How many connections there may be by TCP; others wait until one ends.",
            byDefault = "1000",
            least = 1,
            most = 100_000,
            matter = Matter.PACE)
        int maxConnections,
    @Option(
            value = "After what time without a byte a connection is closed; left out: never by us.",
            matter = Matter.PACE)
        Optional<Duration> closeIdle,
    @Option(
            value =
                "How many bytes of datagrams the system is asked to hold by UDP; it may hold fewer (`net.core.rmem_max`).",
            byDefault = "4MiB",
            matter = Matter.PACE)
        DataSize maxHeld,
    @Option(
            value = "The most bytes that a message may have.",
            byDefault = "64KiB",
            matter = Matter.CONTENT)
        DataSize maxRecord)
    implements SourceConfig {
  @Override
  public void checkEach(Checks checks) {
    Address.checkListen(listen, checks);
  }

  @Override
  public void check(Checks checks) {
    SocketSource.checkFormat(format, checks);
    protocol.check(framing, tls.isPresent(), checks);
  }

  @Override
  public Optional<FormatConfig> format() {
    return Optional.of(format.orElseGet(SyslogConfig::message));
  }

  @Override
  public SourceTraits traits() {
    return SocketSource.TRAITS;
  }

  @Override
  public Source source() {
    int most = (int) Math.min(maxRecord.bytes(), Integer.MAX_VALUE / 4);
    int held = (int) Math.min(maxHeld.bytes(), Integer.MAX_VALUE / 4);
    TcpIntake.Limits limits = new TcpIntake.Limits(framing, most, maxConnections, closeIdle);
    return new SocketSource(
        listen,
        tls,
        (address, engines, step) ->
            switch (protocol) {
              case UDP -> new UdpIntake(address, most, held);
              case TCP -> new TcpIntake(address, limits, engines, step);
            });
  }

  @Override
  public List<MetaField> meta() {
    return SocketReader.META;
  }
}
