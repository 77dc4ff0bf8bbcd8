package io.penstock.connectors.http;

import io.penstock.api.network.Login;
import io.penstock.api.option.Checks;
import io.penstock.api.option.Config;
import io.penstock.api.option.Included;
import io.penstock.api.option.Matter;
import io.penstock.api.option.Option;
import io.penstock.api.problem.ProblemCode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Who is let in: one of a user with a password, a bearer's token and a key in a header. */
public record Auth(
    @Included Login login,
    @Option(value = "A token, in place of a user.", secret = true, matter = Matter.PACE)
        Optional<String> bearer,
    @Option(value = "A key in a header of its own.", matter = Matter.PACE) Optional<ApiKey> apiKey)
    implements Config {
  private static final String AUTHORIZATION = "Authorization";

  /** A key in a header. */
  public record ApiKey(
      @Option(value = "The header's name.", matter = Matter.PACE) String header,
      @Option(value = "The key.", secret = true, matter = Matter.PACE) String value)
      implements Config {
    @Override
    public void check(Checks checks) {
      HeaderRules.checkName(header, "header", checks);
      HeaderRules.checkValue(value, "value", checks);
    }
  }

  @Override
  public void check(Checks checks) {
    login.checkBoth(checks);
    if (ways() != 1 && login.user().isPresent() == login.password().isPresent()) {
      checks.problem(
          ProblemCode.E110,
          bearer.isPresent() ? "bearer" : "api_key",
          "`auth` is one of `user` with `password`, `bearer` and `api_key`",
          "give one of them");
    }
    checkEachWay(checks);
  }

  /** How many ways are given. */
  int ways() {
    return (int) List.of(login.user(), bearer, apiKey).stream().filter(Optional::isPresent).count();
  }

  void checkEachWay(Checks checks) {
    bearer.ifPresent(token -> HeaderRules.checkValue(token, "bearer", checks));
    if (login.user().filter(name -> name.indexOf(':') >= 0).isPresent()) {
      checks.problem(
          ProblemCode.E104, "user", "`user` may hold no `:`", "take a user without a colon");
    }
  }

  /** The header that says it. */
  String header() {
    return apiKey.map(ApiKey::header).orElse(AUTHORIZATION);
  }

  /** The value of that header. */
  String value() {
    if (apiKey.isPresent()) {
      return apiKey.get().value();
    }
    if (bearer.isPresent()) {
      return "Bearer " + bearer.get();
    }
    String both = login.user().orElse("") + ":" + login.password().orElse("");
    return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
  }

  /** Whether somebody who says this is let in; takes as long for any wrong value. */
  boolean accepts(Optional<String> said) {
    byte[] given = said.orElse("").getBytes(StandardCharsets.UTF_8);
    return MessageDigest.isEqual(given, value().getBytes(StandardCharsets.UTF_8));
  }

  /** What a server asks for that was not told who asks. */
  String challenge() {
    return login.user().isPresent() ? "Basic realm=\"penstock\", charset=\"UTF-8\"" : "Bearer";
  }
}
