package io.penstock.api.network;

import io.penstock.api.option.Checks;
import io.penstock.api.option.Config;
import io.penstock.api.option.Matter;
import io.penstock.api.option.Option;
import io.penstock.api.problem.ProblemCode;
import java.util.Optional;

/** A user with a password. */
public record Login(
    @Option(value = "The user.", matter = Matter.PACE) Optional<String> user,
    @Option(value = "The user's password.", secret = true, matter = Matter.PACE)
        Optional<String> password)
    implements Config {
  /** A user with a password. */
  public static Login of(String user, String password) {
    return new Login(Optional.of(user), Optional.of(password));
  }

  /** Whether nothing is said. */
  public boolean isEmpty() {
    return user.isEmpty() && password.isEmpty();
  }

  /** Reports one of the two without the other. */
  public void checkBoth(Checks checks) {
    if (user.isPresent() != password.isPresent()) {
      checks.problem(
          ProblemCode.E110,
          user.isPresent() ? "user" : "password",
          "`user` and `password` belong together",
          "give both, or none");
    }
  }
}
