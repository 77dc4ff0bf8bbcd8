package io.penstock.connectors.http;

import io.penstock.api.option.Checks;
import io.penstock.api.option.Template;
import io.penstock.api.problem.ProblemCode;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a URL that is written in a file must be. */
final class UrlRules {
  /** Stands for what is computed, where a URL is looked at before there are rows. */
  private static final String SOMETHING = "x";

  private static final Pattern SERVER = Pattern.compile("([a-zA-Z]+://[^/?]+)[/?]");

  private UrlRules() {}

  /** Reports what is wrong with a template of URLs. */
  static void check(Template url, List<String> hosts, Checks checks) {
    if (!url.parts().isEmpty() && url.parts().get(0) instanceof Template.Computed) {
      return;
    }
    StringBuilder text = new StringBuilder();
    for (Template.Part part : url.parts()) {
      text.append(part instanceof Template.Literal literal ? literal.text() : SOMETHING);
    }
    check(text.toString(), hosts, checks);
  }

  /** The beginning of a template's URLs to the end of the host; empty where data say the host. */
  static Optional<String> server(Template url) {
    Matcher begins = SERVER.matcher(url.prefix());
    return begins.lookingAt() ? Optional.of(begins.group(1)) : Optional.empty();
  }

  /** Reports what is wrong with a URL. */
  static void check(String url, List<String> hosts, Checks checks) {
    Optional<String> wrong = wrong(url);
    if (wrong.isPresent()) {
      checks.problem(
          ProblemCode.E104,
          "url",
          "`url` " + wrong.get(),
          "write it as in `https://example.com/orders`; who asks is said by `auth`");
      return;
    }
    String host = URI.create(url).getHost();
    if (Hosts.isLinkLocal(host)
        && !new Hosts(hosts).listed().contains(host.toLowerCase(Locale.ROOT))) {
      checks.problem(
          ProblemCode.E104,
          "url",
          "`url` leads to `" + host + "`, a link-local address, at which clouds give out keys",
          "list it in `hosts` if that is meant");
    }
  }

  /** What is wrong with a URL, in words that follow its name; empty where nothing is. */
  static Optional<String> wrong(String url) {
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException unreadable) {
      return Optional.of(
          "must be a URL, not `"
              + masked(url)
              + "`: "
              + unreadable.getReason().toLowerCase(Locale.ROOT));
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      return Optional.of("must begin with `http://` or `https://`, unlike `" + masked(url) + "`");
    }
    if (uri.getRawUserInfo() != null) {
      return Optional.of("may not hold a user or a password, as `" + masked(url) + "` does");
    }
    if (uri.getHost() == null || uri.getHost().isEmpty()) {
      return Optional.of("names no host that can be one: `" + masked(url) + "`");
    }
    if (uri.getPort() == 0 || uri.getPort() > 65_535) {
      return Optional.of("has port `" + uri.getPort() + "`, and ports go from 1 to 65535");
    }
    return uri.getRawFragment() == null
        ? Optional.empty()
        : Optional.of("has a fragment, `#" + uri.getRawFragment() + "`, which is not sent");
  }

  /** A URL without what may be a secret in it. */
  private static String masked(String url) {
    int from = url.indexOf("://");
    int at = url.lastIndexOf('@');
    return from >= 0 && at > from ? url.substring(0, from + 3) + "***" + url.substring(at) : url;
  }
}
