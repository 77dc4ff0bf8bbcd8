package io.penstock.connectors.http;

import io.penstock.api.option.Checks;
import io.penstock.api.option.Config;
import io.penstock.api.option.Matter;
import io.penstock.api.option.Option;
import io.penstock.api.problem.ProblemCode;
import java.util.List;
import java.util.Optional;

/** What requests to Amazon's services are signed with. */
public record Aws(
    @Option(value = "The region, `eu-central-1`.", matter = Matter.PACE) String region,
    @Option(value = "The service that is asked, `es`, `execute-api`.", matter = Matter.PACE)
        String service,
    @Option(value = "The access key's id.", matter = Matter.PACE) String accessKey,
    @Option(value = "The secret access key.", secret = true, matter = Matter.PACE) String secretKey,
    @Option(value = "The session's token, of keys that end.", secret = true, matter = Matter.PACE)
        Optional<String> sessionToken)
    implements Config {
  @Override
  public void check(Checks checks) {
    for (var named : List.of(List.of("region", region), List.of("service", service))) {
      if (!named.get(1).matches("[a-z0-9-]+")) {
        checks.problem(
            ProblemCode.E104,
            named.get(0),
            "`"
                + named.get(0)
                + "` has small letters, digits and `-`, unlike `"
                + named.get(1)
                + "`",
            "write it as Amazon does");
      }
    }
    HeaderRules.checkValue(accessKey, "access_key", checks);
    sessionToken.ifPresent(token -> HeaderRules.checkValue(token, "session_token", checks));
  }
}
