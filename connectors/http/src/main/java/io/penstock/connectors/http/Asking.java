package io.penstock.connectors.http;

import io.penstock.api.network.Distrust;
import io.penstock.api.network.Retry;
import io.penstock.api.problem.PipelineException;
import io.penstock.api.system.Clock;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks until there is an answer: what may pass is tried again, redirects of one server are
 * followed. Waits only as long as it is told to; used by one thread.
 */
final class Asking {
  private static final int MOST_REDIRECTS = 5;

  private final HttpSourceConfig config;
  private final Question question;
  private final Client client;
  private final Failure failure;
  private final Clock clock;
  private @Nullable Request request;
  private @Nullable Pending pending;
  private long begunNanos;
  private long notBeforeNanos;
  private int tries;
  private int redirects;

  Asking(HttpSourceConfig config, Client client, Failure failure, Clock clock) {
    this.config = config;
    this.question = new Question(config);
    this.client = client;
    this.failure = failure;
    this.clock = clock;
  }

  /** Begins to ask for what comes next. */
  void begin(Progress at) {
    URI uri = question.uri(at);
    Optional<String> refusal = new Hosts(config.hosts()).refusal(uri, false);
    if (refusal.isPresent()) {
      throw failure.problem("`" + Request.shown(uri) + "`: " + refusal.get(), "take another host");
    }
    request = question.request(uri, at);
    begunNanos = clock.nanos();
    notBeforeNanos = begunNanos;
    tries = 0;
    redirects = 0;
    pending = null;
  }

  /** Whether a question is under way. */
  boolean isUnderWay() {
    return request != null;
  }

  /** How long there is to wait before it is tried again. */
  Duration pause() {
    return Duration.ofNanos(Math.max(0, notBeforeNanos - clock.nanos()));
  }

  /** What was asked for last. */
  URI uri() {
    return asked().uri();
  }

  private Request asked() {
    return java.util.Objects.requireNonNull(request);
  }

  /** The answer, good, 304 or a refusal; empty where there is none yet. */
  Optional<Answer> answer(Duration wait) {
    Pending sent = pending;
    if (sent == null) {
      tries++;
      sent = client.send(asked());
      pending = sent;
    }
    Optional<Answer> answer;
    try {
      answer = sent.await(wait);
    } catch (IOException broken) {
      if (Distrust.isFinal(broken)) {
        throw ended(failure.why(broken), failure.hint(broken), broken);
      }
      again(failure.why(broken), Optional.empty(), broken);
      return Optional.empty();
    }
    if (answer.isEmpty() || !isDone(answer.get())) {
      return Optional.empty();
    }
    request = null;
    pending = null;
    return answer;
  }

  private boolean isDone(Answer answer) {
    if (answer.isGood() || answer.status() == 304 || isRefusal(answer)) {
      return true;
    }
    if (answer.status() >= 300 && answer.status() < 400) {
      follow(answer);
      return false;
    }
    if (!answer.mayPass()) {
      throw ended("answered " + answer.shown(), hint(answer), cause(answer));
    }
    again("answered " + answer.shown(), answer.retryAfter(clock), cause(answer));
    return false;
  }

  /** Whether an answer is about what was asked for, and not about the server. */
  boolean isRefusal(Answer answer) {
    return config.retry().filter(r -> r.giveUpOn().contains(answer.status())).isPresent();
  }

  private void follow(Answer answer) {
    Request before = asked();
    Optional<String> location = answer.headers().firstValue("Location");
    if (location.isEmpty()) {
      throw ended("answered " + answer.shown() + " and names no URL", "check `url`", cause(answer));
    }
    URI to;
    try {
      to = Question.resolve(before.uri(), location.get());
    } catch (IllegalArgumentException unreadable) {
      throw ended("answered " + answer.shown() + " and names no URL", "check `url`", unreadable);
    }
    if (!Question.isSameServer(before.uri(), to)) {
      throw ended(
          "leads to another server, `" + to.getScheme() + "://" + to.getRawAuthority() + "`",
          "redirects to other servers are not followed: write the URL that is meant",
          cause(answer));
    }
    if (++redirects > MOST_REDIRECTS) {
      throw ended(
          "leads on and on, the last time to `" + Request.shown(to) + "`",
          "check `url`",
          cause(answer));
    }
    request = new Request(before.method(), to, before.headers(), before.body(), before.mostBytes());
    pending = null;
  }

  private void again(String why, Optional<Duration> asked, Throwable cause) {
    Retry retry = config.retry().orElse(HttpRetry.USUAL).again();
    long now = clock.nanos();
    Duration pause = retry.pause(tries);
    Duration wait = asked.filter(a -> a.compareTo(pause) > 0).orElse(pause);
    if (retry.giveUpAfter().isOver(now - begunNanos + wait.toNanos())) {
      throw ended(
          why + ", the last of " + tries + " times in " + (now - begunNanos) / 1_000_000 + " ms",
          "see to the server, then start again",
          cause);
    }
    notBeforeNanos = now + wait.toNanos();
    pending = null;
  }

  /** A problem with what was asked for last. */
  PipelineException ended(String why, String hint, Throwable cause) {
    String message = "`" + asked().shown() + "` " + why;
    hangUp();
    return failure.problem(message, hint, cause);
  }

  /** A problem with an answer. */
  PipelineException unfit(URI uri, String why, String hint) {
    return failure.problem("`" + Request.shown(uri) + "`: " + why, hint);
  }

  void hangUp() {
    Pending sent = pending;
    if (sent != null) {
      sent.cancel();
    }
    pending = null;
  }

  private static IOException cause(Answer answer) {
    return new IOException(answer.shown());
  }

  private static String hint(Answer answer) {
    return switch (answer.status()) {
      case 401, 403, 407 -> "check `auth`";
      case 404, 410 -> "check `url`";
      default -> "look at what the server says";
    };
  }
}
