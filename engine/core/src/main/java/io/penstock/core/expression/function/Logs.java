package io.penstock.core.expression.function;

import io.penstock.core.expression.function.Function.Family;
import io.penstock.core.expression.useragent.UserAgents;
import java.time.ZoneOffset;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Functions that read lines of logs. */
public final class Logs {
  private static final String SYSLOG =
      "{ facility: string?, severity: string?, time: timestamp?, host: string?, app: string?, process_id: string?, message_id: string?, data: map<map<string>>, message: string }";
  private static final String ACCESS =
      "{ client: string, ident: string?, user: string?, time: timestamp, request: string?, method: string?, path: string?, protocol: string?, status: int?, bytes: int?, referrer: string?, user_agent: string?, more: string? }";
  private static final String KLOG =
      "{ level: string, time: timestamp, thread: int, file: string, line: int, message: string }";

  private Logs() {}

  @Function(
      family = Family.LOGS,
      signature = "(text: string) -> " + SYSLOG,
      summary =
          "The parts of a message of RFC 5424 or RFC 3164; a time without zone is read as UTC, one without year is the latest before now(), or at most a day behind it.",
      examples = {
        "parse_syslog('<165>1 2026-01-02T03:04:05Z mx app 7 ID47 [ex@1 a=\"b\"] An event').severity == 'notice'",
        "parse_syslog('<165>1 2026-01-02T03:04:05Z mx app 7 ID47 [ex@1 a=\"b\"] An event').data['ex@1']['a'] == 'b'",
        "parse_syslog('<34>Jan  2 03:04:05 mx su[7]: no').process_id == '7'"
      },
      fails = "the text is no message of syslog",
      deterministic = false)
  public static @Nullable Object[] parseSyslog(RowContext row, String text) {
    return new SyslogText(text, ZoneOffset.UTC, row.now()).read();
  }

  @Function(
      family = Family.LOGS,
      signature = "(text: string, zone: string, read_at: timestamp) -> " + SYSLOG,
      summary =
          "The same; a time without zone is read in this one, one without year is the latest before read_at, or at most a day behind it.",
      examples = {
        "to_string(parse_syslog('<34>Jan  2 03:04:05 mx su: no', 'Europe/Paris', to_timestamp('2026-06-01T00:00:00Z')).time) == '2026-01-02T02:04:05Z'",
        "to_string(parse_syslog('Dec 31 23:59:59 mx su: no', 'UTC', to_timestamp('2026-01-01T00:00:00Z')).time) == '2025-12-31T23:59:59Z'"
      },
      fails = "the text is no message of syslog, or the zone is unknown",
      typing = Zones.ZoneSecond.class)
  public static @Nullable Object[] parseSyslog(Call call, String text, String zone, long readAt) {
    return new SyslogText(text, Zones.zone(call, 0, zone), readAt).read();
  }

  @Function(
      family = Family.LOGS,
      signature = "(text: string) -> map<string>",
      summary =
          "The pairs of a line of logfmt; a key alone is true, the first of equal keys counts.",
      examples = {
        "parse_logfmt('level=info msg=\"all done\" cached')['msg'] == 'all done'",
        "parse_logfmt('level=info msg=\"all done\" cached')['cached'] == 'true'"
      },
      fails = "a quote is not closed, or a key is missing")
  public static Map<String, ?> parseLogfmt(String text) {
    return new LogfmtText(text).read();
  }

  @Function(
      family = Family.LOGS,
      signature = "(text: string) -> " + ACCESS,
      summary =
          "The parts of a line of Apache's access log, common or combined; what follows them is more.",
      examples = {
        "parse_apache_log('10.0.0.1 - - [10/Oct/2026:13:55:36 -0700] \"GET /a HTTP/1.1\" 200 7').status == 200",
        "parse_apache_log('10.0.0.1 - - [10/Oct/2026:13:55:36 -0700] \"GET /a HTTP/1.1\" 200 7 \"-\" \"curl/8\"').user_agent == 'curl/8'"
      },
      fails = "the line is of another form")
  public static @Nullable Object[] parseApacheLog(String text) {
    return new AccessLogText(text, "line of Apache's access log").read();
  }

  @Function(
      family = Family.LOGS,
      signature =
          "(text: string, zone: string) -> { time: timestamp, module: string?, level: string, process_id: int?, thread_id: int?, client: string?, port: int?, code: string?, message: string }",
      summary = "The parts of a line of Apache's error log, whose times are those of the zone.",
      examples =
          "parse_apache_error_log('[Sat Oct 10 13:55:36.123456 2026] [core:error] [pid 47] [client 10.0.0.1:523] AH00126: Invalid URI', 'UTC').code == 'AH00126'",
      fails = "the line is of another form, or the zone is unknown",
      typing = Zones.ZoneSecond.class)
  public static @Nullable Object[] parseApacheErrorLog(Call call, String text, String zone) {
    return ErrorLogText.apache(text, Zones.zone(call, 0, zone));
  }

  @Function(
      family = Family.LOGS,
      signature = "(text: string) -> " + ACCESS,
      summary =
          "The parts of a line of nginx's access log in the form called combined; what follows them is more.",
      examples =
          "parse_nginx_log('10.0.0.1 - bob [10/Oct/2026:13:55:36 +0000] \"GET /a HTTP/2.0\" 200 7 \"-\" \"curl/8\" 0.003').more == '0.003'",
      fails = "the line is of another form")
  public static @Nullable Object[] parseNginxLog(String text) {
    return new AccessLogText(text, "line of nginx's access log").read();
  }

  @Function(
      family = Family.LOGS,
      signature =
          "(text: string, zone: string) -> { time: timestamp, level: string, process_id: int, thread_id: int, connection: int?, message: string, client: string?, server: string?, request: string?, upstream: string?, host: string?, referrer: string?, more: map<string> }",
      summary = "The parts of a line of nginx's error log, whose times are those of the zone.",
      examples =
          "parse_nginx_error_log('2026/10/10 13:55:36 [error] 81#0: *27 no file, client: 10.0.0.1, server: a.org, request: \"GET /x HTTP/1.1\"', 'UTC').request == 'GET /x HTTP/1.1'",
      fails = "the line is of another form, or the zone is unknown",
      typing = Zones.ZoneSecond.class)
  public static @Nullable Object[] parseNginxErrorLog(Call call, String text, String zone) {
    return ErrorLogText.nginx(text, Zones.zone(call, 0, zone));
  }

  @Function(
      family = Family.LOGS,
      signature =
          "(text: string) -> { header: string?, version: int, vendor: string, product: string, product_version: string, signature: string, name: string, severity: string, extensions: map<string> }",
      summary =
          "The parts of an event in the common event format; header is what stands before it, of equal extensions the first counts.",
      examples = {
        "parse_cef('CEF:0|Acme|Wall|1.0|100|worm \\\\| stopped|10|src=10.0.0.1 msg=a \\\\= b').name == 'worm | stopped'",
        "parse_cef('CEF:0|Acme|Wall|1.0|100|worm|10|src=10.0.0.1 msg=two words').extensions['msg'] == 'two words'"
      },
      fails = "the text is no event of CEF")
  public static @Nullable Object[] parseCef(String text) {
    return new CefText(text).read();
  }

  @Function(
      family = Family.LOGS,
      signature = "(text: string) -> " + KLOG,
      summary =
          "The parts of a line of klog, whose time is read as UTC; it is the latest before now(), or at most a day behind it.",
      examples = "parse_klog('I0102 03:04:05.678901   7 main.go:42] ready').file == 'main.go'",
      fails = "the line is of another form",
      deterministic = false)
  public static @Nullable Object[] parseKlog(RowContext row, String text) {
    return KlogText.read(text, ZoneOffset.UTC, row.now());
  }

  @Function(
      family = Family.LOGS,
      signature = "(text: string, zone: string, read_at: timestamp) -> " + KLOG,
      summary =
          "The same; the time is read in this zone; it is the latest before read_at, or at most a day behind it.",
      examples =
          "to_string(parse_klog('E1231 23:59:59.5 7 main.go:42] no', 'UTC', to_timestamp('2026-01-01T00:00:00Z')).time) == '2025-12-31T23:59:59.5Z'",
      fails = "the line is of another form, or the zone is unknown",
      typing = Zones.ZoneSecond.class)
  public static @Nullable Object[] parseKlog(Call call, String text, String zone, long readAt) {
    return KlogText.read(text, Zones.zone(call, 0, zone), readAt);
  }

  @Function(
      family = Family.LOGS,
      signature =
          "(text: string) -> { browser: string?, version: string?, os: string?, os_version: string?, device: string? }",
      summary =
          "What the header User-Agent tells of browser, system and device; null where it is not known.",
      examples = {
        "parse_user_agent('curl/8.5.0').browser == 'curl'",
        "parse_user_agent('Mozilla/5.0 (iPhone; CPU iPhone OS 17_2 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.2 Mobile/15E148 Safari/604.1').os_version == '17.2'",
        "parse_user_agent('nothing').browser === null"
      })
  public static @Nullable Object[] parseUserAgent(Call call, String text) {
    // An Object, so that looking this class up loads no other.
    Object agents = call.remember(0, "agents", key -> (Object) new UserAgents());
    return ((UserAgents) agents).parts(text);
  }
}
