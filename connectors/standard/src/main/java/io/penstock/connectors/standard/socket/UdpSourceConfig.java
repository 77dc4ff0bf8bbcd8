package io.penstock.connectors.standard.socket;

import io.penstock.api.format.FormatConfig;
import io.penstock.api.option.Checks;
import io.penstock.api.option.Component;
import io.penstock.api.option.DataSize;
import io.penstock.api.option.Matter;
import io.penstock.api.option.Option;
import io.penstock.api.source.MetaField;
import io.penstock.api.source.Source;
import io.penstock.api.source.SourceConfig;
import io.penstock.api.source.SourceTraits;
import java.util.List;
import java.util.Optional;

/** The options of the source that takes datagrams. */
@Component(
    name = "udp",
    summary =
        "Takes datagrams by UDP, each decoded by itself. What comes faster than it is read is lost, and nobody is told.",
    example = "udp: { listen: \"127.0.0.1:9000\", format: json }")
public record UdpSourceConfig(
    @Option(
            value =
                "Where to listen, `host:port`, or a port of this machine alone; `0.0.0.0:9000` for everybody.",
            main = true,
            matter = Matter.PACE)
        String listen,
    @Option("How each datagram is read.") Optional<FormatConfig> format,
    @Option(
            value =
                "How many bytes of datagrams the system is asked to hold; it may hold fewer (`net.core.rmem_max`).",
            byDefault = "4MiB",
            matter = Matter.PACE)
        DataSize maxHeld,
    @Option(
            value = "The most bytes that a record may have.",
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
  }

  @Override
  public SourceTraits traits() {
    return SocketSource.TRAITS;
  }

  @Override
  public Source source() {
    int most = (int) Math.min(maxRecord.bytes(), Integer.MAX_VALUE / 4);
    int held = (int) Math.min(maxHeld.bytes(), Integer.MAX_VALUE / 4);
    return new SocketSource(
        listen, Optional.empty(), (address, engines, step) -> new UdpIntake(address, most, held));
  }

  @Override
  public List<MetaField> meta() {
    return SocketReader.META;
  }
}
