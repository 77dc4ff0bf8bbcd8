package io.penstock.connectors.avro;

import io.penstock.api.option.Checks;
import io.penstock.api.option.Config;
import io.penstock.api.option.Matter;
import io.penstock.api.option.Option;
import io.penstock.api.problem.ProblemCode;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Optional;

/** Where schemas are by their number. */
public record Registry(
    @Option("The address of the schema registry: `https://schemas.example:8081`.") String url,
    @Option("Who asks; left out: nobody in particular.") Optional<RegistryAuth> auth,
    @Option(value = "How long an answer may take.", byDefault = "10s", matter = Matter.PACE)
        Duration timeout)
    implements Config {
  @Override
  public void checkEach(Checks checks) {
    if (!url.isEmpty() && !isAddress()) {
      checks.problem(
          ProblemCode.E104,
          "url",
          "`url` must be an address of http or https without a user in it, not `" + shown() + "`",
          "write it as `https://schemas.example:8081`, and who asks as `auth`");
    }
  }

  /** The address without what may be a password. */
  String shown() {
    int at = url.lastIndexOf('@');
    return at < 0 ? url : url.substring(at + 1);
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
