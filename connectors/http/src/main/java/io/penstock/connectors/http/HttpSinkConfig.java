package io.penstock.connectors.http;

import io.penstock.api.data.Schema;
import io.penstock.api.format.FormatConfig;
import io.penstock.api.network.Tls;
import io.penstock.api.network.Words;
import io.penstock.api.option.Checks;
import io.penstock.api.option.Component;
import io.penstock.api.option.Matter;
import io.penstock.api.option.Option;
import io.penstock.api.option.Template;
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.sink.Sink;
import io.penstock.api.sink.SinkConfig;
import io.penstock.api.sink.SinkTraits;
import io.penstock.api.sink.SinkUse;
import io.penstock.api.system.Probe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The options of the HTTP sink. */
@Component(
    name = "http",
    summary = "Sends rows to a server, several in a request, each request with a key of its own.",
    example = "http: { url: \"http://localhost:8080/orders\", format: json }")
public record HttpSinkConfig(
    @Option(
            value = "Where rows are sent; `{expression}` in it is replaced for each row.",
            main = true)
        Template url,
    @Option("How rows are written into a request.") Optional<FormatConfig> format,
    @Option(
            value = "How rows are sent: `POST`, `PUT` or `PATCH`.",
            byDefault = "POST",
            matter = Matter.CONTENT)
        String method,
    @Option(value = "Further headers; templates.", matter = Matter.CONTENT)
        Map<String, Template> headers,
    @Option(
            value =
                "The header with the request's key, which is the same whenever the request is repeated.",
            byDefault = "Idempotency-Key",
            matter = Matter.CONTENT)
        String keyHeader,
    @Option(Words.AUTH) Optional<ClientAuth> auth,
    @Option(Words.TLS_OF_URL) Optional<Tls> tls,
    @Option(Words.BATCH) Optional<BatchLimits> batch,
    @Option(
            value = Words.IN_FLIGHT + " With more than one they may arrive in another order.",
            byDefault = "1",
            least = 1,
            most = 256,
            matter = Matter.PACE)
        int inFlight,
    @Option(Words.RETRY) Optional<HttpRetry> retry,
    @Option(value = Words.TIMEOUT, byDefault = Words.USUAL_TIMEOUT, matter = Matter.PACE)
        Duration timeout,
    @Option(value = "How requests are compressed.", byDefault = "none", matter = Matter.CONTENT)
        Packing compression,
    @Option("Where a good answer names rows that were refused.") Optional<ItemErrors> itemErrors,
    @Option(
            value =
                "Hosts that may be asked though they are private, link-local or this machine, where the host comes from data; `*.example.com` for all below.",
            matter = Matter.PACE)
        List<String> hosts)
    implements SinkConfig {

  public HttpSinkConfig {
    headers = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(headers));
    hosts = List.copyOf(hosts);
  }

  /** How requests are compressed. */
  public enum Packing {
    NONE,
    GZIP
  }

  @Override
  public void checkEach(Checks checks) {
    if (!List.of("POST", "PUT", "PATCH").contains(method)) {
      checks.problem(
          ProblemCode.E104,
          "method",
          "`method` must be `POST`, `PUT` or `PATCH`, not `" + method + "`",
          "write it in capitals");
    }
    HeaderRules.checkName(keyHeader, "key_header", checks);
    headers.forEach(
        (name, value) -> {
          HeaderRules.checkName(name, "headers", checks);
          HeaderRules.checkValue(value.prefix(), "headers", checks);
        });
    if (timeout.isZero()) {
      checks.problem(
          ProblemCode.E105,
          "timeout",
          "`timeout` must be more than nothing, not `0s`",
          "write `timeout: 30s`");
    }
  }

  @Override
  public void check(Checks checks) {
    UrlRules.check(url, hosts, checks);
  }

  /** The way to the server. */
  Client.Way way() {
    return new Client.Way(auth, tls, timeout);
  }

  @Override
  public List<Problem> connect(Probe probe, Schema rows) {
    if (url.isConstant()) {
      return Reached.server(url.text(), false, probe);
    }
    // The host may come from data, and then nobody knows it yet.
    return List.of();
  }

  @Override
  public SinkTraits traits(SinkUse use) {
    // A receiver is not asked which epoch it has, so one may be sent again.
    return use.keepsState()
        ? new SinkTraits(SinkTraits.Kind.SPOOLED, false, false, true)
        : new SinkTraits(SinkTraits.Kind.IMMEDIATE, false, false);
  }

  @Override
  public Sink sink() {
    return new HttpSink(this);
  }

  @Override
  public List<Template> templates() {
    List<Template> all = new ArrayList<>();
    all.add(url);
    headers.values().forEach(all::add);
    return all.stream().filter(template -> !template.isConstant()).distinct().toList();
  }
}
