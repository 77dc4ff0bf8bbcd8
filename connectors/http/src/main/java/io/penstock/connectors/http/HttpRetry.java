package io.penstock.connectors.http;

import io.penstock.api.network.Retry;
import io.penstock.api.option.Checks;
import io.penstock.api.option.Config;
import io.penstock.api.option.Included;
import io.penstock.api.option.Matter;
import io.penstock.api.option.Option;
import io.penstock.api.problem.ProblemCode;
import java.util.List;

/** How what may pass is tried again, and which statuses are no reason to. */
public record HttpRetry(
    @Included Retry again,
    @Option(
            value =
                "Statuses that are about the rows and not about the server; what gets one is not sent again and follows `on_error`. Left out: 400 and 422 where rows are sent, none where they are asked for.",
            matter = Matter.PACE)
        List<Integer> giveUpOn)
    implements Config {
  /** As it is where nothing is said. */
  static final HttpRetry USUAL = new HttpRetry(Retry.USUAL, List.of());

  private static final List<Integer> ABOUT_ROWS = List.of(400, 422);

  public HttpRetry {
    giveUpOn = List.copyOf(giveUpOn);
  }

  @Override
  public void check(Checks checks) {
    again.check(checks);
    for (int status : giveUpOn) {
      if (status < 400 || status > 599) {
        checks.problem(
            ProblemCode.E105,
            "give_up_on",
            "`give_up_on` has statuses from 400 to 599, not `" + status + "`",
            "name statuses by which the server refuses rows, such as 400");
      }
    }
  }

  /** Whether a status is about the rows that were sent. */
  boolean isAboutRows(int status) {
    return (giveUpOn.isEmpty() ? ABOUT_ROWS : giveUpOn).contains(status);
  }
}
