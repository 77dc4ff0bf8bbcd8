package io.penstock.connectors.registry;

import io.penstock.api.network.Distrust;
import io.penstock.api.network.NamedTls;
import io.penstock.api.problem.Origin;
import io.penstock.api.problem.Outage;
import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;
import io.penstock.json.Json;
import io.penstock.json.JsonProblem;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/** Sends requests to a registry and tells what keeps it from answering. Single-threaded. */
final class RegistryCalls {
  private static final String FORM = "application/vnd.schemaregistry.v1+json";
  private static final int MOST_SHOWN = 300;
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;
  private static final int UNPROCESSABLE = 422;

  private final Registry registry;
  private final SchemaKind kind;
  private final Side side;
  private @Nullable HttpClient client;

  /** For whom the registry is asked. */
  enum Side {
    SOURCE,
    SINK
  }

  /** What a registry says; empty where it has nothing of that name. */
  record Answer(Optional<Json> body) {
    boolean isMissing() {
      return body.isEmpty();
    }

    Optional<String> text(String name) {
      return body.flatMap(b -> b.member(name)).flatMap(Json::asText);
    }

    Optional<Integer> number(String name) {
      return body.flatMap(b -> b.member(name))
          .flatMap(n -> n.asLong().stream().boxed().findFirst())
          .filter(n -> n >= 0 && n <= Integer.MAX_VALUE)
          .map(Long::intValue);
    }

    /** Whether it says that this is not so. */
    boolean denies(String name) {
      return body.flatMap(b -> b.member(name))
          .filter(said -> said.toText().equals("false"))
          .isPresent();
    }

    /** Whether the answer is a list with this text in it. */
    boolean names(String text) {
      return body
          .filter(l -> l.kind() == Json.Kind.LIST)
          .map(Json::elements)
          .orElse(List.of())
          .stream()
          .anyMatch(one -> one.asText().equals(Optional.of(text)));
    }

    List<Json> list(String name) {
      return body.flatMap(b -> b.member(name))
          .filter(l -> l.kind() == Json.Kind.LIST)
          .map(Json::elements)
          .orElse(List.of());
    }
  }

  RegistryCalls(Registry registry, SchemaKind kind, Side side) {
    this.registry = registry;
    this.kind = kind;
    this.side = side;
  }

  Answer get(String path) {
    HttpResponse<byte[]> response = send(request(path).GET());
    return answer(response);
  }

  /** Hands over a schema of a subject; what the registry refuses is about the rows. */
  Answer post(String path, String subject, Json body) {
    byte[] bytes = body.toText().getBytes(StandardCharsets.UTF_8);
    HttpResponse<byte[]> response =
        send(
            request(path)
                .header("Content-Type", FORM)
                .POST(HttpRequest.BodyPublishers.ofByteArray(bytes)));
    if (response.statusCode() == CONFLICT || response.statusCode() == UNPROCESSABLE) {
      throw refused(subject, words(response.body()));
    }
    return answer(response);
  }

  /** What is told where a registry does not take a schema under a subject. */
  PipelineException refused(String subject, String words) {
    String said = words.isBlank() ? "" : ": it says: " + shortened(words);
    return unfit(
        "under the subject `" + subject + "`" + said,
        "change the fields above the sink so that old readers can read them, or name another"
            + " `subject`");
  }

  private HttpRequest.Builder request(String path) {
    String base = registry.url().replaceAll("/+$", "");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(registry.timeout())
            .header("Accept", FORM + ", application/json");
    registry.auth().ifPresent(auth -> request.header("Authorization", auth.header()));
    return request;
  }

  private HttpResponse<byte[]> send(HttpRequest.Builder request) {
    try {
      return client().send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw unreached(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw problem(broken(), "was asked when the run was stopped", "run it again");
    }
  }

  private Answer answer(HttpResponse<byte[]> response) {
    return switch (response.statusCode()) {
      case OK -> new Answer(Optional.of(parsed(response.body())));
      case NOT_FOUND -> new Answer(Optional.empty());
      case 401 -> throw problem(Outage.LOGIN, "refuses who asks", "check `auth`");
      case 403 -> throw problem(Outage.FORBIDDEN, "does not let " + may(), "check `auth`");
      default ->
          throw problem(
              broken(),
              "answers with the status " + response.statusCode(),
              "look at the registry's log");
    };
  }

  private String may() {
    return side == Side.SOURCE ? "it be read" : "schemas be written or read";
  }

  private Json parsed(byte[] body) {
    try {
      return Json.parse(body, 0, body.length);
    } catch (JsonProblem e) {
      throw problem(broken(), "answers with what is no JSON", "check `url`");
    }
  }

  private HttpClient client() {
    HttpClient made = client;
    if (made == null) {
      HttpClient.Builder builder =
          HttpClient.newBuilder()
              .connectTimeout(registry.timeout())
              .followRedirects(HttpClient.Redirect.NEVER);
      registry.tls().ifPresent(tls -> secure(builder, tls));
      made = builder.build();
      client = made;
    }
    return made;
  }

  private void secure(HttpClient.Builder builder, NamedTls tls) {
    try {
      builder.sslContext(tls.context());
    } catch (IOException wrong) {
      throw problem(broken(), "cannot be asked: " + wrong.getMessage(), "mend the file");
    }
    SSLParameters parameters = new SSLParameters();
    parameters.setProtocols(tls.minVersion().protocols());
    builder.sslParameters(parameters);
  }

  /** A registry's own words about a schema. */
  private static String words(byte[] body) {
    try {
      Json answer = Json.parse(body, 0, body.length);
      return answer.member("message").flatMap(Json::asText).orElse(answer.toText());
    } catch (JsonProblem e) {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  private static String shortened(String text) {
    String line = text.strip().replace('`', '\'').replaceAll("\\s+|\\p{Cntrl}", " ");
    return line.length() > MOST_SHOWN ? line.substring(0, MOST_SHOWN) + "..." : line;
  }

  private PipelineException unreached(IOException thrown) {
    if (Distrust.isOne(thrown)) {
      return problem(
          Outage.DISTRUST,
          Distrust.reason(thrown),
          "check `tls`: `ca`, the certificate, and the host's name in `url`");
    }
    if (Distrust.isCausedBy(thrown, UnknownHostException.class)
        || Distrust.isCausedBy(thrown, UnresolvedAddressException.class)) {
      return problem(Outage.UNKNOWN_HOST, "has a host that nobody knows", "check `url`");
    }
    if (thrown instanceof HttpTimeoutException) {
      return problem(Outage.SILENT, "gives no answer", "check `url` and the network between");
    }
    if (thrown instanceof ConnectException) {
      return problem(Outage.REFUSED, "is not there: nothing listens", "check `url`");
    }
    return problem(
        broken(), "cannot be read: " + Distrust.text(thrown), "look at the registry's log");
  }

  private ProblemCode broken() {
    return side == Side.SOURCE ? ProblemCode.R210 : ProblemCode.R310;
  }

  /** The registry's answer is none that can be used. */
  PipelineException unusable(String why) {
    return problem(broken(), "gives an answer that " + why, "check `url`");
  }

  PipelineException problem(Outage outage, String what, String hint) {
    return problem(side == Side.SOURCE ? outage.ofSource() : outage.ofSink(), what, hint);
  }

  private PipelineException problem(ProblemCode code, String what, String hint) {
    return told(code, "the schema registry at `" + registry.shown() + "` " + what, hint);
  }

  /** The registry does not take the schema of the rows. */
  PipelineException unfit(String why, String hint) {
    return told(
        ProblemCode.R306,
        "the schema registry at `" + registry.shown() + "` does not take these rows " + why,
        hint);
  }

  private PipelineException told(ProblemCode code, String message, String hint) {
    String format = kind.name().toLowerCase(Locale.ROOT);
    return new PipelineException(Problem.of(code, Origin.file(format), message, hint));
  }
}
