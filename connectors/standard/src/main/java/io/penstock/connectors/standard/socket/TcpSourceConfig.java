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
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The options of the source that takes connections. */
@Component(
    name = "tcp",
    summary =
        "Takes records from connections by TCP, each decoded by itself. Senders are told nothing, so what is read and not yet written is lost with the process.",
    example = "tcp: { listen: \"127.0.0.1:9000\", format: json }")
public record TcpSourceConfig(
    @Option(
            value =
                "Where to listen, `host:port`, or a port of this machine alone; `0.0.0.0:9000` for everybody.",
            main = true,
            matter = Matter.PACE)
        String listen,
    @Option("How each record is read.") Optional<FormatConfig> format,
    @Option(
            value =
                "How records are told apart: `lines`, by line feeds; `octet_counting`, by the count of bytes before each (RFC 6587).",
            byDefault = "lines",
            matter = Matter.CONTENT)
        Framing framing,
    @Option("With what it is shown who listens, by TLS; left out: senders connect without TLS.")
        Optional<ServerTls> tls,
    @Option(
            value = "How many connections there may be; others wait until one ends.",
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
            value = "The most bytes that a record may have; each connection may hold as many.",
            byDefault = "16MiB",
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
  }

  @Override
  public SourceTraits traits() {
    return SocketSource.TRAITS;
  }

  @Override
  public Source source() {
    int most = (int) Math.min(maxRecord.bytes(), Integer.MAX_VALUE / 4);
    TcpIntake.Limits limits =
        new TcpIntake.Limits(Optional.of(framing), most, maxConnections, closeIdle);
    return new SocketSource(
        listen, tls, (address, engines, step) -> new TcpIntake(address, limits, engines, step));
  }

  @Override
  public List<MetaField> meta() {
    return SocketReader.META;
  }
}
