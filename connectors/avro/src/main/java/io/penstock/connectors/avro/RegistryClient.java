package io.penstock.connectors.avro;

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
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import javax.net.ssl.SSLException;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Asks a registry for schemas; what it was told once it does not ask again. Single-threaded. */
final class RegistryClient {
  private static final int MOST_REFERENCES = 100;

  private final Registry registry;
  private @Nullable HttpClient client;

  RegistryClient(Registry registry) {
    this.registry = registry;
  }

  /** The schema of a number, with those that it refers to. */
  Schema schema(int id) {
    Json answer =
        get("/schemas/ids/" + id)
            .orElseThrow(() -> new BadDatum(ProblemCode.D101, "the registry has no schema " + id));
    String type = member(answer, "schemaType").orElse("AVRO");
    if (!type.equals("AVRO")) {
      throw new BadDatum(
          ProblemCode.D101, "the schema " + id + " of the registry is " + type + ", not Avro");
    }
    Schema.Parser parser = new Schema.Parser(NameValidator.NO_VALIDATION);
    int unused = references(answer, parser, 0);
    return Schemas.read(text(answer), parser);
  }

  /** Reads what a schema refers to, depth first, so that names are known where they are used. */
  private int references(Json answer, Schema.Parser parser, int before) {
    int count = before;
    List<Json> references = answer.member("references").map(Json::elements).orElse(List.of());
    for (Json reference : references) {
      if (++count > MOST_REFERENCES) {
        throw new BadDatum(
            ProblemCode.D107, "a schema of the registry refers to more than " + MOST_REFERENCES);
      }
      String subject = member(reference, "subject").orElse("");
      OptionalLong version =
          reference.member("version").map(Json::asLong).orElse(OptionalLong.empty());
      String path =
          "/subjects/"
              + URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20")
              + "/versions/"
              + version.orElse(0);
      Json found =
          get(path)
              .orElseThrow(
                  () ->
                      new BadDatum(
                          ProblemCode.D101,
                          "the registry has no `" + subject + "` that a schema refers to"));
      count = references(found, parser, count);
      if (!parser.getTypes().containsKey(member(reference, "name").orElse(""))) {
        Schema unused = parser.parse(text(found));
      }
    }
    return count;
  }

  private static Optional<String> member(Json of, String name) {
    return of.member(name).flatMap(Json::asText);
  }

  private static String text(Json answer) {
    return member(answer, "schema")
        .orElseThrow(
            () -> new BadDatum(ProblemCode.D101, "the registry's answer has no schema in it"));
  }

  private Optional<Json> get(String path) {
    String base = registry.url().replaceAll("/+$", "");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path)).timeout(registry.timeout()).GET();
    registry.auth().ifPresent(auth -> request.header("Authorization", auth.header()));
    try {
      HttpResponse<byte[]> response =
          client().send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      return switch (response.statusCode()) {
        case 200 -> Optional.of(Json.parse(response.body(), 0, response.body().length));
        case 404 -> Optional.empty();
        case 401 -> throw problem(Outage.LOGIN, "refuses who asks", "check `auth`");
        case 403 -> throw problem(Outage.FORBIDDEN, "does not let it be read", "check `auth`");
        default ->
            throw problem(
                ProblemCode.R210,
                "answers with the status " + response.statusCode(),
                "look at the registry's log");
      };
    } catch (IOException e) {
      throw unreached(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw problem(ProblemCode.R210, "was asked when the run was stopped", "run it again");
    } catch (JsonProblem e) {
      throw problem(ProblemCode.R210, "answers with what is no JSON", "check `url`");
    }
  }

  private HttpClient client() {
    HttpClient made = client;
    if (made == null) {
      made =
          HttpClient.newBuilder()
              .connectTimeout(registry.timeout())
              .followRedirects(HttpClient.Redirect.NEVER)
              .build();
      client = made;
    }
    return made;
  }

  private PipelineException unreached(IOException thrown) {
    boolean unknown =
        thrown instanceof UnknownHostException
            || thrown.getCause() instanceof UnresolvedAddressException
            || causedByUnresolved(thrown);
    if (unknown) {
      return problem(Outage.UNKNOWN_HOST, "has a host that nobody knows", "check `url`");
    }
    if (thrown instanceof HttpTimeoutException) {
      return problem(Outage.SILENT, "gives no answer", "check `url` and the network between");
    }
    if (thrown instanceof ConnectException) {
      return problem(Outage.REFUSED, "is not there: nothing listens", "check `url`");
    }
    if (thrown instanceof SSLException) {
      return problem(
          Outage.DISTRUST, "has a certificate that is not trusted", "check the host's name");
    }
    String text = thrown.getMessage();
    return problem(
        ProblemCode.R210,
        "cannot be read: " + (text == null ? thrown.getClass().getSimpleName() : text),
        "look at the registry's log");
  }

  private static boolean causedByUnresolved(Throwable thrown) {
    Throwable at = thrown;
    for (int depth = 0; at != null && depth < 8; depth++) {
      if (at instanceof UnresolvedAddressException) {
        return true;
      }
      at = at.getCause();
    }
    return false;
  }

  private PipelineException problem(Outage outage, String what, String hint) {
    return problem(outage.ofSource(), what, hint);
  }

  private PipelineException problem(ProblemCode code, String what, String hint) {
    return new PipelineException(
        Problem.of(
            code,
            Origin.file("avro"),
            "the schema registry at `" + registry.shown() + "` " + what,
            hint));
  }
}
