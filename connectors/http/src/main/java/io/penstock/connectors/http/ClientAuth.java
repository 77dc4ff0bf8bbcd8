package io.penstock.connectors.http;

import io.penstock.api.option.Checks;
import io.penstock.api.option.Config;
import io.penstock.api.option.Included;
import io.penstock.api.option.Option;
import io.penstock.api.problem.ProblemCode;
import java.util.Map;
import java.util.Optional;

/** Who asks: what {@link Auth} has, or a signature of Amazon's kind. */
public record ClientAuth(
    @Included Auth auth,
    @Option("A signature of each request, as Amazon's services ask for.") Optional<Aws> aws)
    implements Config {
  @Override
  public void check(Checks checks) {
    boolean halfLogin = auth.login().user().isPresent() != auth.login().password().isPresent();
    auth.login().checkBoth(checks);
    int ways = auth.ways() + (aws.isPresent() ? 1 : 0);
    if (ways != 1 && !halfLogin) {
      checks.problem(
          ProblemCode.E110,
          aws.isPresent() ? "aws" : auth.bearer().isPresent() ? "bearer" : "api_key",
          "`auth` is one of `user` with `password`, `bearer`, `api_key` and `aws`",
          "give one of them");
    }
    auth.checkEachWay(checks);
  }

  /** Puts in the header that says it; a signature comes with each sending. */
  void putInto(Map<String, String> headers) {
    if (aws.isEmpty()) {
      headers.put(auth.header(), auth.value());
    }
  }
}
