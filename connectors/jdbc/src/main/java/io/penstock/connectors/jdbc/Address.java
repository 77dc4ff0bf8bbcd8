package io.penstock.connectors.jdbc;

import io.penstock.api.option.Checks;
import io.penstock.api.problem.ProblemCode;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Where a database is. What drivers read is built of these parts, so nothing else can be slipped
 * into it.
 *
 * @param host the server's name; of no meaning for a file
 * @param database the database's name, or its file
 */
record Address(Kind kind, String host, int port, String database) {
  private static final int LARGEST_PORT = 65_535;

  /** The options that say where a database is: either a URL, or its parts. */
  record Options(
      Optional<String> url,
      Optional<Kind> kind,
      Optional<String> host,
      OptionalInt port,
      Optional<String> database) {
    /** The address; only of options without a problem. */
    Address address() {
      if (url.isPresent()) {
        return parse(url.get()).orElseThrow();
      }
      Kind which = kind.orElse(Kind.POSTGRESQL);
      return new Address(
          which,
          host.orElse("localhost"),
          port.orElse(which.dialect().port()),
          database.orElseThrow());
    }

    /** Which database it is; PostgreSQL where nothing says so. */
    Kind which() {
      return url.flatMap(Address::parse).map(Address::kind).or(() -> kind).orElse(Kind.POSTGRESQL);
    }

    /** Reports what is wrong. */
    void check(Checks checks) {
      if (url.isPresent()) {
        checkUrl(url.get(), checks);
        return;
      }
      if (database.isEmpty()) {
        checks.problem(
            ProblemCode.E103,
            "database",
            "nothing says which database is meant",
            "add `database: name`, with `host` and `port` where the server is not on this machine");
        return;
      }
      if (!isHost(host.orElse("localhost"))) {
        checks.problem(
            ProblemCode.E104,
            "host",
            "`host` must be a name or an address, not `" + host.orElse("") + "`",
            "write the host alone; `port` and `database` are options of their own");
      }
      if (!isDatabase(database.get())) {
        checks.problem(
            ProblemCode.E104,
            "database",
            "`database` must be the name alone, not `" + database.get() + "`",
            "leave out `?`, `;`, `#`, blanks and quotes; settings are options of their own");
      }
    }

    private void checkUrl(String text, Checks checks) {
      for (String part : java.util.List.of("kind", "host", "port", "database")) {
        if (isGiven(part)) {
          checks.problem(
              ProblemCode.E110,
              part,
              "`url` says where the database is, and so does `" + part + "`",
              "keep one of them");
        }
      }
      if (text.contains("@") || text.toLowerCase(Locale.ROOT).contains("password=")) {
        // Not shown: it may hold a password.
        checks.problem(
            ProblemCode.E104,
            "url",
            "`url` must not say who asks",
            "write `auth: { user: ..., password: ... }`");
      } else if (parse(text).isEmpty()) {
        checks.problem(
            ProblemCode.E104,
            "url",
            "`url` must be `postgresql://host:port/database`, without settings, not `"
                + cut(text)
                + "`",
            "take settings out of the url: they are options of their own; other servers are"
                + " `mariadb://` and `mysql://`");
      }
    }

    private boolean isGiven(String part) {
      return switch (part) {
        case "kind" -> kind.isPresent();
        case "host" -> host.isPresent();
        case "port" -> port.isPresent();
        default -> database.isPresent();
      };
    }
  }

  // What stands behind the first sign of a setting may be a secret.
  private static String cut(String text) {
    int end = text.length();
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      if (c == '?' || c == ';' || c == '#' || c < ' ') {
        return text.substring(0, i) + "...";
      }
    }
    return text;
  }

  /**
   * Reads {@code postgresql://host:port/database}, or that of another server, {@code jdbc:} before
   * it or not.
   */
  static Optional<Address> parse(String text) {
    String rest = text.startsWith("jdbc:") ? text.substring("jdbc:".length()) : text;
    Optional<Kind> kind = Kind.ofUrl(rest);
    if (kind.isEmpty()) {
      return Optional.empty();
    }
    rest = rest.substring(rest.indexOf("//") + 2);
    int slash = rest.indexOf('/');
    if (slash < 0 || !isDatabase(rest.substring(slash + 1)) || rest.indexOf('/', slash + 1) > 0) {
      return Optional.empty();
    }
    String server = rest.substring(0, slash);
    int colon = server.endsWith("]") ? -1 : server.lastIndexOf(':');
    String host = colon < 0 ? server : server.substring(0, colon);
    OptionalInt port =
        colon < 0 ? OptionalInt.of(kind.get().dialect().port()) : port(server.substring(colon + 1));
    return isHost(host) && port.isPresent()
        ? Optional.of(new Address(kind.get(), host, port.getAsInt(), rest.substring(slash + 1)))
        : Optional.empty();
  }

  private static OptionalInt port(String digits) {
    if (digits.isEmpty() || digits.length() > 5 || !digits.chars().allMatch(Address::isDigit)) {
      return OptionalInt.empty();
    }
    int port = Integer.parseInt(digits);
    return port >= 1 && port <= LARGEST_PORT ? OptionalInt.of(port) : OptionalInt.empty();
  }

  private static boolean isHost(String text) {
    boolean inBrackets = text.startsWith("[") && text.endsWith("]");
    String name = inBrackets ? text.substring(1, text.length() - 1) : text;
    return !name.isEmpty()
        && name.chars()
            .allMatch(
                c -> isLetter(c) || c == '.' || c == '-' || c == '_' || inBrackets && c == ':');
  }

  private static boolean isDatabase(String text) {
    return !text.isEmpty()
        && !text.contains("..")
        && text.chars()
            .allMatch(c -> isLetter(c) || c > 0x7f || c == '.' || c == '-' || c == '_' || c == '/');
  }

  private static boolean isLetter(int c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || isDigit(c);
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  /** As it is said in messages. */
  String shown() {
    return kind == Kind.H2 ? database : host + ":" + port + "/" + database;
  }
}
