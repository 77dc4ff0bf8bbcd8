package io.penstock.api.network;

import io.penstock.api.option.Checks;
import io.penstock.api.problem.ProblemCode;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/**
 * The name by which a server is asked for in TLS, and which its certificate must hold, where its
 * address has another.
 */
record ServerName(String text) {
  private static final Pattern FORM =
      Pattern.compile(
          "(?=.{1,253}$)([a-zA-Z0-9_]([a-zA-Z0-9_-]{0,61}[a-zA-Z0-9_])?\\.)*"
              + "[a-zA-Z]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?");

  static void check(Optional<String> written, Checks checks) {
    if (written.filter(name -> !FORM.matcher(name).matches()).isPresent()) {
      checks.problem(
          ProblemCode.E104,
          "server_name",
          "`server_name` must be the name of a host, not `" + written.get() + "`",
          "write a name that the server's certificate holds: `db.example.com`");
    }
  }

  /**
   * What a context gives, with this in place of the host that its user names: clients of Java's own
   * can be told no name but the one that they connect to.
   */
  SSLContext in(SSLContext context) {
    return new NamedContext(new NamedContext.Spi(context, this), context);
  }

  /** Puts it into what a user has asked for. */
  SSLParameters in(SSLParameters asked) {
    asked.setServerNames(List.of(new SNIHostName(text)));
    return asked;
  }
}
