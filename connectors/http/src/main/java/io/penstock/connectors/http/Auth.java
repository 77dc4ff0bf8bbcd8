package io.penstock.connectors.http;

import io.penstock.api.option.Checks;
import io.penstock.api.option.Config;
import io.penstock.api.option.Matter;
import io.penstock.api.option.Option;
import io.penstock.api.problem.ProblemCode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Who asks: one of a user with a password, a bearer's token and a key in a header. */
public record Auth(
    @Option(value = "The user (Basic).", matter = Matter.PACE) Optional<String> user,
    @Option(value = "The user's password.", secret = true, matter = Matter.PACE)
        Optional<String> password,
    @Option(value = "A token (Bearer).", secret = true, matter = Matter.PACE)
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
    if (user.isPresent() != password.isPresent()) {
      checks.problem(
          ProblemCode.E110,
          user.isPresent() ? "user" : "password",
          "`user` and `password` belong together",
          "give both, or none");
    }
    int ways = (int) List.of(user, bearer, apiKey).stream().filter(Optional::isPresent).count();
    if (ways != 1 && user.isPresent() == password.isPresent()) {
      checks.problem(
          ProblemCode.E110,
          bearer.isPresent() ? "bearer" : "api_key",
          "`auth` is one of `user` with `password`, `bearer` and `api_key`",
          "give one of them");
    }
    bearer.ifPresent(token -> HeaderRules.checkValue(token, "bearer", checks));
    if (user.filter(name -> name.indexOf(':') >= 0).isPresent()) {
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
    String both = user.orElse("") + ":" + password.orElse("");
    return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
  }

  /** Whether somebody who says this is let in; takes as long for any wrong value. */
  boolean accepts(Optional<String> said) {
    byte[] given = said.orElse("").getBytes(StandardCharsets.UTF_8);
    return MessageDigest.isEqual(given, value().getBytes(StandardCharsets.UTF_8));
  }

  /** What a server asks for that was not told who asks. */
  String challenge() {
    return user.isPresent() ? "Basic realm=\"penstock\", charset=\"UTF-8\"" : "Bearer";
  }
}
