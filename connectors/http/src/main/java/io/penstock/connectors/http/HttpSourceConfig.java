package io.penstock.connectors.http;

import io.penstock.api.data.DataType;
import io.penstock.api.data.FieldPath;
import io.penstock.api.data.Schema;
import io.penstock.api.data.ValueType;
import io.penstock.api.format.FormatConfig;
import io.penstock.api.network.Tls;
import io.penstock.api.network.Words;
import io.penstock.api.option.Checks;
import io.penstock.api.option.Component;
import io.penstock.api.option.DataSize;
import io.penstock.api.option.Matter;
import io.penstock.api.option.Option;
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.source.MetaField;
import io.penstock.api.source.Source;
import io.penstock.api.source.SourceConfig;
import io.penstock.api.source.SourceTraits;
import io.penstock.api.system.Probe;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The options of the source that asks a server. */
@Component(
    name = "http",
    summary = "Asks a server, once or again and again, page by page.",
    example = "http: { url: \"http://localhost:8080/orders\", every: 1m, format: { json: array } }")
public record HttpSourceConfig(
    @Option(value = "What is asked for.", main = true) String url,
    @Option("How an answer is read.") Optional<FormatConfig> format,
    @Option(
            value = "How often it is asked; left out: once, to the last page.",
            matter = Matter.PACE)
        Optional<Duration> every,
    @Option(value = "Further headers.", matter = Matter.CONTENT) Map<String, String> headers,
    @Option(
            value = "The path of the list of records in an answer that is a JSON object.",
            matter = Matter.CONTENT)
        Optional<FieldPath> records,
    @Option(value = "How only what is new is asked for.", matter = Matter.CONTENT)
        Optional<Cursor> cursor,
    @Option(value = "How the next page is asked for.", matter = Matter.CONTENT)
        Optional<Pages> pages,
    @Option(Words.AUTH) Optional<ClientAuth> auth,
    @Option(Words.TLS_OF_URL) Optional<Tls> tls,
    @Option(Words.RETRY) Optional<HttpRetry> retry,
    @Option(value = Words.TIMEOUT, byDefault = Words.USUAL_TIMEOUT, matter = Matter.PACE)
        Duration timeout,
    @Option(
            value = "The most bytes that an answer may have, unpacked.",
            byDefault = "16MiB",
            matter = Matter.CONTENT)
        DataSize maxRecord,
    @Option(value = "Link-local addresses that may be asked.", matter = Matter.PACE)
        List<String> hosts)
    implements SourceConfig {

  public HttpSourceConfig {
    headers = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(headers));
    hosts = List.copyOf(hosts);
  }

  /** How only what is new is asked for. */
  public record Cursor(
      @Option(value = "The path of a value in each record, which grows.", matter = Matter.CONTENT)
          FieldPath field,
      @Option(
              value = "The parameter of the URL that tells the server the greatest value so far.",
              matter = Matter.CONTENT)
          String as,
      @Option(
              value = "What the parameter is the first time; left out: it is not there.",
              matter = Matter.CONTENT)
          Optional<String> begin)
      implements io.penstock.api.option.Config {}

  @Override
  public void checkEach(Checks checks) {
    UrlRules.check(url, hosts, checks);
    headers.forEach(
        (name, value) -> {
          HeaderRules.checkName(name, "headers", checks);
          HeaderRules.checkValue(value, "headers", checks);
        });
    if (every.filter(Duration::isZero).isPresent()) {
      checks.problem(
          ProblemCode.E105,
          "every",
          "`every` must be more than nothing, not `0s`",
          "write `every: 1m`");
    }
  }

  @Override
  public void check(Checks checks) {
    if (records.isPresent() && format.isPresent() && !format.get().format().traits().appendable()) {
      checks.problem(
          ProblemCode.E110,
          "format",
          "with `records` each record is read by itself, and this format reads whole answers",
          "write `format: json`");
    }
    if (format.isEmpty() || isJson()) {
      return;
    }
    String why = " is looked for in answers that are JSON, and these are not";
    if (records.isPresent()) {
      checks.problem(ProblemCode.E110, "records", "`records`" + why, "leave it out");
    }
    if (cursor.isPresent()) {
      checks.problem(ProblemCode.E110, "cursor", "`cursor`" + why, "leave it out");
    }
    if (pages.filter(p -> p.by() != Pages.By.LINK).isPresent()) {
      checks.problem(
          ProblemCode.E110, "pages", "the next page" + why, "take `pages: { by: link }`");
    }
  }

  /** Whether answers are JSON. */
  boolean isJson() {
    return format.filter(Contents::isJson).isPresent();
  }

  /** Whether a reader must look into what it gets. */
  boolean looksInside() {
    return records.isPresent()
        || cursor.isPresent()
        || pages.filter(p -> p.by() != Pages.By.LINK).isPresent();
  }

  /** The way to the server. */
  Client.Way way() {
    return new Client.Way(auth, tls, timeout);
  }

  @Override
  public List<Problem> connect(Probe probe, Schema declared) {
    return Reached.server(url, true, probe);
  }

  @Override
  public SourceTraits traits() {
    return new SourceTraits(every.isEmpty(), true, false, true, true, SourceTraits.Kind.BYTES);
  }

  @Override
  public Source source() {
    return new HttpSource(this);
  }

  @Override
  public List<MetaField> meta() {
    return List.of(
        new MetaField(
            "url", ValueType.required(DataType.STRING), "What was asked for, without its query."),
        new MetaField(
            "fetched_at", ValueType.required(DataType.TIMESTAMP), "When the answer was there."));
  }
}
