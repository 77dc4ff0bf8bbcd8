package io.penstock.connectors.jdbc;

import io.penstock.api.network.Login;
import io.penstock.api.option.Checks;
import io.penstock.api.option.Config;
import io.penstock.api.option.Included;
import io.penstock.api.problem.ProblemCode;

/** Who asks; the password may be left out. */
public record Auth(@Included Login login) implements Config {
  @Override
  public void check(Checks checks) {
    if (login.user().isEmpty()) {
      checks.problem(
          ProblemCode.E103,
          login.password().isEmpty() ? "user" : "password",
          "`auth` says nothing of who asks",
          "add `user`");
    }
  }
}
