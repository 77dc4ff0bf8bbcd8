package io.penstock.connectors.kafka;

import io.penstock.api.option.Checks;
import io.penstock.api.option.Config;
import io.penstock.api.option.Matter;
import io.penstock.api.option.Option;
import io.penstock.api.problem.ProblemCode;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A token that another server gives for a client's name and secret (RFC 6749, section 4.4). */
public record OAuth(
    @Option(value = "Where tokens are had, `https://...`.", matter = Matter.PACE) String tokenUrl,
    @Option(value = "The client's id.", matter = Matter.PACE) String clientId,
    @Option(value = "The client's secret.", secret = true, matter = Matter.PACE)
        String clientSecret,
    @Option(value = "What the token is to allow.", matter = Matter.PACE) Optional<String> scope)
    implements Config {
  private static final String ALLOWED = "org.apache.kafka.sasl.oauthbearer.allowed.urls";

  @Override
  public void check(Checks checks) {
    if (!isUrl(tokenUrl)) {
      checks.problem(
          ProblemCode.E104,
          "token_url",
          "`token_url` must be a URL of `http` or `https` without a user",
          "write it as in `https://login.example.com/oauth/token`");
    }
  }

  private static boolean isUrl(String text) {
    try {
      URI uri = URI.create(text);
      boolean http = List.of("http", "https").contains(String.valueOf(uri.getScheme()));
      return http && uri.getHost() != null && uri.getUserInfo() == null && text.indexOf(',') < 0;
    } catch (IllegalArgumentException none) {
      return false;
    }
  }

  /**
   * Puts in how Kafka's clients get the token. They ask only at URLs that a property of the process
   * lists: this one was written in the pipeline file.
   */
  void putInto(Map<String, Object> settings) {
    Set<String> allowed = new LinkedHashSet<>();
    for (String url : System.getProperty(ALLOWED, "").split(",")) {
      if (!url.isBlank()) {
        allowed.add(url.strip());
      }
    }
    if (allowed.add(tokenUrl)) {
      String unused = System.setProperty(ALLOWED, String.join(",", allowed));
    }
    settings.put("sasl.mechanism", "OAUTHBEARER");
    settings.put("sasl.oauthbearer.token.endpoint.url", tokenUrl);
    settings.put(
        "sasl.login.callback.handler.class",
        "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler");
    settings.put(
        "sasl.jaas.config",
        "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required clientId="
            + Auth.quoted(clientId)
            + " clientSecret="
            + Auth.quoted(clientSecret)
            + scope.map(s -> " scope=" + Auth.quoted(s)).orElse("")
            + ";");
  }
}
