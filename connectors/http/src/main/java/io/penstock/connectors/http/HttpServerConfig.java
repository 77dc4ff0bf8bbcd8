package io.penstock.connectors.http;

import io.penstock.api.format.FormatConfig;
import io.penstock.api.network.ServerTls;
import io.penstock.api.option.Checks;
import io.penstock.api.option.Component;
import io.penstock.api.option.DataSize;
import io.penstock.api.option.Matter;
import io.penstock.api.option.OneOrMany;
import io.penstock.api.option.Option;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.source.MetaField;
import io.penstock.api.source.Source;
import io.penstock.api.source.SourceConfig;
import io.penstock.api.source.SourceTraits;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The options of the source that is sent requests. */
@Component(
    name = "http_server",
    summary =
        "Takes the rows of requests that others send, and answers once their epoch is decided.",
    example = "http_server: { listen: \"127.0.0.1:8080\", path: /orders, format: json }")
public record HttpServerConfig(
    @Option(
            value =
                "Where to listen, `host:port`, or a port of this machine alone; `0.0.0.0:8080` for everybody.",
            main = true,
            matter = Matter.PACE)
        String listen,
    @Option(value = "The path that requests have.", byDefault = "/", matter = Matter.PACE)
        String path,
    @Option("How a request's body is read; `none` makes an empty row of each request.")
        Optional<FormatConfig> format,
    @Option(value = "The methods that are taken; left out: `POST`.", matter = Matter.PACE)
        Optional<OneOrMany<String>> methods,
    @Option("Who may send; left out: anybody.") Optional<Auth> auth,
    @Option("The certificate with which to listen for `https`.") Optional<ServerTls> tls,
    @Option("What is answered.") Optional<Reply> reply,
    @Option(
            value = "How many requests may wait for their decision; others are told to come later.",
            byDefault = "1000",
            least = 1,
            most = 1_000_000,
            matter = Matter.PACE)
        int inFlight,
    @Option(
            value = "How many bytes of requests may wait; others are told to come later.",
            byDefault = "64MiB",
            matter = Matter.PACE)
        DataSize maxHeld,
    @Option(
            value = "How long a request may take to arrive.",
            byDefault = "30s",
            matter = Matter.PACE)
        Duration timeout,
    @Option(
            value = "The most bytes that a request may have, unpacked.",
            byDefault = "16MiB",
            matter = Matter.CONTENT)
        DataSize maxRecord)
    implements SourceConfig {
  private static final String METHOD = "[A-Z]{1,20}";

  /** What is answered to a request. */
  public record Reply(
      @Option(
              value = "The status for a request whose rows are decided.",
              byDefault = "200",
              least = 200,
              most = 299,
              matter = Matter.PACE)
          int accepted,
      @Option(
              value = "The status for one that cannot be read.",
              byDefault = "400",
              least = 400,
              most = 499,
              matter = Matter.PACE)
          int rejected,
      @Option(
              value = "The body for one whose rows are decided; left out: how many those are.",
              matter = Matter.PACE)
          Optional<String> body,
      @Option(
              value = "What kind of text that body is.",
              byDefault = "application/json",
              matter = Matter.PACE)
          String type)
      implements io.penstock.api.option.Config {
    /** As it is where nothing is said. */
    static final Reply USUAL = new Reply(200, 400, Optional.empty(), "application/json");

    @Override
    public void check(Checks checks) {
      HeaderRules.checkValue(type, "type", checks);
    }
  }

  @Override
  public void checkEach(Checks checks) {
    if (ListenAddress.of(listen).isEmpty()) {
      checks.problem(
          ProblemCode.E104,
          "listen",
          "`listen` must be `host:port` or a port from 1 to 65535, not `" + listen + "`",
          "write `127.0.0.1:8080`, or `0.0.0.0:8080` to listen to everybody");
    }
    if (!path.startsWith("/") || path.indexOf('?') >= 0 || path.indexOf('#') >= 0) {
      checks.problem(
          ProblemCode.E104,
          "path",
          "`path` must begin with `/` and hold no `?` or `#`, unlike `" + path + "`",
          "write it as in `/orders`");
    }
    for (String method : methods.map(OneOrMany::values).orElse(List.of())) {
      if (!method.matches(METHOD)) {
        checks.problem(
            ProblemCode.E104,
            "methods",
            "`methods` has names in capitals such as `POST`, not `" + method + "`",
            "write it in capitals");
      }
    }
  }

  @Override
  public void check(Checks checks) {
    if (maxHeld.bytes() < maxRecord.bytes()) {
      checks.problem(
          ProblemCode.E110,
          "max_held",
          "`max_held` is less than a request may have by `max_record`, " + maxRecord,
          "allow `max_held` at least that much");
    }
  }

  List<String> allowed() {
    return methods.map(OneOrMany::values).orElse(List.of("POST"));
  }

  Reply replies() {
    return reply.orElse(Reply.USUAL);
  }

  @Override
  public SourceTraits traits() {
    return new SourceTraits(false, false, false, true, true, true, SourceTraits.Kind.BYTES);
  }

  @Override
  public Source source() {
    return new HttpServerSource(this);
  }

  @Override
  public List<MetaField> meta() {
    return RequestMeta.FIELDS.stream()
        .map(field -> new MetaField(field.name(), field.type(), field.description()))
        .toList();
  }
}
