package io.penstock.connectors.registry;

import io.penstock.api.network.NamedTls;
import io.penstock.api.network.Words;
import io.penstock.api.option.Checks;
import io.penstock.api.option.Config;
import io.penstock.api.option.Matter;
import io.penstock.api.option.Option;
import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.system.Probe;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Where schemas are by their number. */
public record Registry(
    @Option("The address of the schema registry: `https://schemas.example:8081`.") String url,
    @Option("Who asks; left out: nobody in particular.") Optional<RegistryAuth> auth,
    @Option(Words.TLS_OF_URL) Optional<NamedTls> tls,
    @Option(value = "How long an answer may take.", byDefault = "10s", matter = Matter.PACE)
        Duration timeout,
    @Option(
            value =
                "The subject that the schema of what is written belongs to; left out: the topic's"
                    + " name and `-value`.",
            matter = Matter.CONTENT)
        Optional<String> subject,
    @Option(
            value =
                "Which schema rows are written with: `register`, theirs, which the registry keeps"
                    + " from then on; `find`, theirs, which the registry must have; `latest`, the"
                    + " newest of the subject.",
            byDefault = "register",
            matter = Matter.CONTENT)
        OnWrite onWrite)
    implements Config {
  private static final String OF_VALUES = "-value";

  /** How the number comes about that stands before what is written. */
  public enum OnWrite {
    REGISTER,
    FIND,
    LATEST
  }

  /** A registry that is only asked, or in which schemas stand under their topics. */
  public Registry(String url, Optional<RegistryAuth> auth, Duration timeout) {
    this(url, auth, Optional.empty(), timeout, Optional.empty(), OnWrite.REGISTER);
  }

  @Override
  public void checkEach(Checks checks) {
    if (!url.isEmpty() && !isAddress()) {
      checks.problem(
          ProblemCode.E104,
          "url",
          "`url` must be an address of http or https without a user in it, not `" + shown() + "`",
          "write it as `https://schemas.example:8081`, and who asks as `auth`");
    }
    if (subject.isPresent() && subject.get().isBlank()) {
      checks.problem(
          ProblemCode.E104,
          "subject",
          "`subject` must be a name, not `" + subject.get() + "`",
          "write it as the registry lists it, mostly `orders-value`");
    }
  }

  /** The address without what may be a password. */
  String shown() {
    int at = url.lastIndexOf('@');
    return at < 0 ? url : url.substring(at + 1);
  }

  /**
   * The subject of what is written; empty where nobody has said it.
   *
   * @param topic the one topic that all rows go to
   */
  public Optional<String> subject(Optional<String> topic) {
    return subject.or(() -> topic.map(name -> name + OF_VALUES));
  }

  /**
   * What keeps this registry from being asked for the schemas of what is read; nothing is changed
   * there.
   */
  public List<Problem> connect(Probe probe, SchemaKind kind) {
    RegistryClient client = RegistryClient.reading(within(probe.timeout()), kind);
    return found(client::look);
  }

  /**
   * What keeps this registry from being asked for the schema that rows are to be written with, or
   * from taking it; nothing is changed there.
   *
   * @param topic the one topic that all of them go to
   * @param schema the schema that it would be given; empty where that cannot be told yet
   */
  public List<Problem> connectWritten(
      Probe probe,
      SchemaKind kind,
      Optional<String> topic,
      Function<RegistryClient, Optional<Offered>> schema) {
    RegistryClient client = RegistryClient.writing(within(probe.timeout()), kind);
    return found(
        () -> {
          client.look();
          subject(topic).ifPresent(name -> client.look(name, schema));
        });
  }

  private Registry within(Duration longest) {
    boolean patient = timeout.compareTo(longest) > 0;
    return new Registry(url, auth, tls, patient ? longest : timeout, subject, onWrite);
  }

  private static List<Problem> found(Runnable look) {
    try {
      look.run();
      return List.of();
    } catch (PipelineException one) {
      return List.of(one.problem());
    }
  }

  /** Reports where nobody has said the subject of what is written. */
  public void checkSubject(Optional<String> topic, Checks checks) {
    if (subject(topic).isEmpty()) {
      checks.problem(
          ProblemCode.E560,
          "registry",
          "nothing says under which subject the registry has the schema of these rows, since they"
              + " do not all go to one topic",
          "name it: `registry: { ..., subject: orders-value }`");
    }
  }

  private boolean isAddress() {
    try {
      URI address = new URI(url);
      String scheme = address.getScheme();
      return ("http".equals(scheme) || "https".equals(scheme))
          && address.getHost() != null
          && address.getUserInfo() == null
          && address.getQuery() == null
          && address.getFragment() == null;
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
