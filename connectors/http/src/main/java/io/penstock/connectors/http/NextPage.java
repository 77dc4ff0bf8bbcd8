package io.penstock.connectors.http;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds what asks for the page behind one. */
record NextPage(Pages pages, Asking asking) {
  private static final Pattern LINK =
      Pattern.compile("<([^>]*)>([^<]*?;\\s*rel=\"?(?:[^\";,]*\\s)?next(?:\\s[^\";,]*)?\"?)");
  private static final String HINT = "check `pages`, and what the server answers";

  /** A URL, a token, a number; empty behind the last page. */
  Optional<String> of(URI uri, Answer answer, Optional<Contents> contents, Progress at) {
    Optional<String> next =
        switch (pages.by()) {
          case LINK -> link(answer).map(written -> url(uri, written));
          case NEXT -> inside(contents).map(written -> url(uri, written));
          case TOKEN -> inside(contents);
          case NUMBER, OFFSET -> counted(contents, at);
        };
    if (next.isPresent() && next.equals(at.page())) {
      throw asking.unfit(uri, "the page names itself as the next one", HINT);
    }
    if (next.isPresent() && at.pages() + 1 >= pages.most()) {
      throw asking.unfit(uri, "there are more than " + pages.most() + " pages", HINT);
    }
    return next;
  }

  private static Optional<String> link(Answer answer) {
    for (String header : answer.headers().allValues("Link")) {
      Matcher matcher = LINK.matcher(header);
      if (matcher.find()) {
        return Optional.of(matcher.group(1));
      }
    }
    return Optional.empty();
  }

  private Optional<String> inside(Optional<Contents> contents) {
    return contents
        .flatMap(found -> pages.at().flatMap(path -> ItemErrors.find(found.whole(), path)))
        .map(Contents::text)
        .filter(text -> !text.isEmpty() && !text.equals("false"));
  }

  private Optional<String> counted(Optional<Contents> contents, Progress at) {
    int records = contents.map(found -> found.records().size()).orElse(0);
    if (records == 0) {
      return Optional.empty();
    }
    long now = Long.parseLong(at.page().or(pages::first).orElse("0"));
    return Optional.of(Long.toString(now + (pages.by() == Pages.By.NUMBER ? 1 : records)));
  }

  private String url(URI uri, String written) {
    URI next;
    try {
      next = Question.resolve(uri, written);
    } catch (IllegalArgumentException unreadable) {
      throw asking.unfit(uri, "the next page, `" + written + "`, is no URL", HINT);
    }
    if (!Question.isSameServer(uri, next)) {
      throw asking.unfit(
          uri,
          "the next page is of another server, `"
              + next.getScheme()
              + "://"
              + next.getRawAuthority()
              + "`",
          "pages of other servers are not asked for");
    }
    return next.toString();
  }
}
