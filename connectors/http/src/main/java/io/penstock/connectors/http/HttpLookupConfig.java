package io.penstock.connectors.http;

import io.penstock.api.data.FieldPath;
import io.penstock.api.data.Schema;
import io.penstock.api.format.FormatConfig;
import io.penstock.api.lookup.KeyPart;
import io.penstock.api.lookup.Lookup;
import io.penstock.api.lookup.LookupConfig;
import io.penstock.api.network.Tls;
import io.penstock.api.network.Words;
import io.penstock.api.option.Checks;
import io.penstock.api.option.Component;
import io.penstock.api.option.DataSize;
import io.penstock.api.option.Matter;
import io.penstock.api.option.Option;
import io.penstock.api.option.Template;
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.system.Probe;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The options of a server that is asked for each row. */
@Component(
    name = "http",
    summary =
        "Asks a server by `GET`. 404, 410 and an answer with nothing in it say that there is no such row.",
    example =
        """
        lookup:
          http: { url: "http://localhost:8080/customers/{customer}", format: json }
          schema: { name: string, tier: int }
          remember: 10m
        """)
public record HttpLookupConfig(
    @Option(
            value = "What is asked for; `{expression}` in it is replaced for each row.",
            main = true)
        Template url,
    @Option(
            value =
                "How an answer is read, as one record. What is JSON may have more than one line.",
            byDefault = "json",
            matter = Matter.CONTENT)
        Optional<FormatConfig> format,
    @Option(value = "Further headers; templates.", matter = Matter.CONTENT)
        Map<String, Template> headers,
    @Option(
            value =
                "The path of a list in an answer that is JSON, of which the one element is meant; left out: the answer, or the one element of a list.",
            matter = Matter.CONTENT)
        Optional<FieldPath> records,
    @Option(Words.AUTH) Optional<ClientAuth> auth,
    @Option(Words.TLS_OF_URL) Optional<Tls> tls,
    @Option(value = Words.RETRY, matter = Matter.PACE) Optional<HttpRetry> retry,
    @Option(
            value = "The most bytes that an answer may have.",
            byDefault = "16MiB",
            matter = Matter.CONTENT)
        DataSize maxRecord,
    @Option(
            value =
                "Hosts that may be asked though they are private, link-local or this machine, where the host comes from data; `*.example.com` for all below.",
            matter = Matter.PACE)
        List<String> hosts)
    implements LookupConfig {

  public HttpLookupConfig {
    headers = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(headers));
    hosts = List.copyOf(hosts);
  }

  @Override
  public void checkEach(Checks checks) {
    headers.forEach(
        (name, value) -> {
          HeaderRules.checkName(name, "headers", checks);
          HeaderRules.checkValue(value.prefix(), "headers", checks);
        });
  }

  @Override
  public void check(Checks checks) {
    UrlRules.check(url, hosts, checks);
    checkFormat(checks);
    if (key().isEmpty()) {
      checks.problem(
          ProblemCode.E104,
          "url",
          "`url` has no `{expression}`, so all rows would get one answer",
          "put into it what is looked up: `https://example.com/customers/{email}`");
    }
  }

  /** How an answer is read. */
  FormatConfig reading() {
    return format.orElseThrow();
  }

  private void checkFormat(Checks checks) {
    if (reading().line().isPresent()) {
      checks.problem(
          ProblemCode.E110,
          "format",
          "`line` says how the rows of a sink are written, and this is read",
          "leave it out");
    } else if (Contents.isJson(reading()) && !reading().format().traits().appendable()) {
      checks.problem(
          ProblemCode.E110,
          "format",
          "an answer is one record, however it lies in its lines",
          "write `format: json`");
    } else if (records.isPresent() && !Contents.isJson(reading())) {
      checks.problem(
          ProblemCode.E110,
          "records",
          "`records` is looked for in answers that are JSON, and these are not",
          "leave it out");
    }
  }

  /** The templates whose values make a request. */
  List<Template> templates() {
    List<Template> all = new ArrayList<>();
    all.add(url);
    headers.values().forEach(all::add);
    return all.stream().filter(template -> !template.isConstant()).distinct().toList();
  }

  @Override
  public List<KeyPart> key() {
    return templates().stream().flatMap(template -> KeyPart.of(template).stream()).toList();
  }

  @Override
  public Lookup lookup() {
    return new HttpLookup(this);
  }

  @Override
  public List<Problem> connect(Probe probe, Schema answer) {
    // Where the host comes from data nobody knows it yet.
    return UrlRules.server(url)
        .map(server -> Reached.server(server, true, probe))
        .orElse(List.of());
  }
}
