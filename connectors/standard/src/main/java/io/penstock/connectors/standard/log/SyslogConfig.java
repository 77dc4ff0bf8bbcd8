package io.penstock.connectors.standard.log;

import io.penstock.api.format.Format;
import io.penstock.api.format.FormatConfig;
import io.penstock.api.option.Component;
import io.penstock.api.option.Option;
import java.time.ZoneId;
import java.util.Optional;
import java.util.OptionalInt;

/** The options of the syslog format. */
@Component(
    name = "syslog",
    summary = "Messages of syslog, by RFC 5424 or RFC 3164.",
    example = "syslog: { zone: Europe/Paris, year: 2026 }")
public record SyslogConfig(
    @Option(
            value =
                "How the messages lie in the bytes: one on each line, or one that is all bytes, such as a datagram.",
            byDefault = "lines",
            main = true)
        Layout layout,
    @Option(value = "The zone of times of RFC 3164.", byDefault = "UTC") ZoneId zone,
    @Option(
            value =
                "The year of times of RFC 3164, which name none; left out: the latest that goes with when a message came in, where its source knows that, and elsewhere such a time is an error.",
            least = 1970,
            most = 9999)
        OptionalInt year,
    @Option(
            value =
                "How messages are written. Times of `rfc3164` have neither year nor parts of a second.",
            byDefault = "rfc5424")
        Standard standard)
    implements FormatConfig {
  /** How messages are written. */
  public enum Standard {
    RFC5424,
    RFC3164
  }

  /**
   * The constant of a block that says when its records came in, in micros since 1970; for sources
   * that know.
   */
  public static final String READ_AT = "read_at";

  /** A message by itself, by the rules that need no options. */
  public static SyslogConfig message() {
    return new SyslogConfig(
        Layout.SINGLE, java.time.ZoneOffset.UTC, OptionalInt.empty(), Standard.RFC5424);
  }

  @Override
  public Format format() {
    return new LogFormat(
        new SyslogText(new LogTime(zone, year)),
        layout,
        Optional.of(rows -> new SyslogRow(rows, standard, zone)));
  }
}
