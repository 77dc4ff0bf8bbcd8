package io.penstock.connectors.http;

import io.penstock.api.network.Distrust;
import io.penstock.api.network.Retry;
import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.sink.Rejects;
import io.penstock.api.system.Clock;
import io.penstock.api.system.Scheduler;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Sends parcels and sees to it that each arrives: what may pass is tried again with the same key,
 * what a server says of rows is narrowed down to them. The oldest request is settled before a new
 * one takes its place.
 */
final class Courier {
  private static final int TOO_LARGE = 413;

  private final Surroundings around;
  private final Letterhead head;
  private final Deque<Sent> underWay = new ArrayDeque<>();
  private final List<Rejects.Reject> rejects = new ArrayList<>();

  /** What a courier works with. */
  record Surroundings(
      HttpSinkConfig config,
      Client client,
      BodyForm form,
      Hosts hosts,
      Failure failure,
      Clock clock,
      Scheduler scheduler) {
    HttpRetry retry() {
      return config.retry().orElse(HttpRetry.USUAL);
    }
  }

  /** A parcel that was sent. */
  private static final class Sent {
    private final Parcel parcel;
    private final BodyForm.Made body;
    private final Request request;
    private final long begunNanos;
    private Pending pending;
    private int tries = 1;

    Sent(Parcel parcel, BodyForm.Made body, Request request, Pending pending, long begunNanos) {
      this.parcel = parcel;
      this.body = body;
      this.request = request;
      this.pending = pending;
      this.begunNanos = begunNanos;
    }
  }

  Courier(Surroundings around, Letterhead head) {
    this.around = around;
    this.head = head;
  }

  /** Sends a parcel, and waits where too many are under way. */
  void take(Parcel parcel) throws IOException {
    while (underWay.size() >= around.config().inFlight()) {
      settle(underWay.element());
      underWay.remove();
    }
    send(parcel).ifPresent(underWay::add);
  }

  /** Waits for all answers; the rows that were refused, in order. */
  Rejects end(List<Rejects.Reject> others) throws IOException {
    while (!underWay.isEmpty()) {
      settle(underWay.element());
      underWay.remove();
    }
    rejects.addAll(others);
    rejects.sort(Comparator.comparingInt(Rejects.Reject::row));
    return rejects.isEmpty() ? Rejects.NONE : new Rejects(rejects);
  }

  /** Hangs up on what is under way. */
  void giveUp() {
    underWay.forEach(sent -> sent.pending.cancel());
    underWay.clear();
  }

  private Optional<Sent> send(Parcel parcel) throws IOException {
    Target target = parcel.target();
    Optional<String> refusal = around.hosts().refusal(target.uri(), target.fromData());
    if (refusal.isPresent()) {
      return refused(parcel, target, refusal.get());
    }
    BodyForm.Made body = around.form().of(parcel);
    long most = around.config().batch().orElse(BatchLimits.USUAL).maxBytes().bytes();
    if (body.bytes().length > most && parcel.size() > 1) {
      return halves(parcel);
    }
    rejects.addAll(body.rejects());
    if (body.numbers().length == 0) {
      return Optional.empty();
    }
    Request request = head.request(target, body, around.form());
    return Optional.of(
        new Sent(parcel, body, request, around.client().send(request), around.clock().nanos()));
  }

  private Optional<Sent> refused(Parcel parcel, Target target, String why) {
    if (!target.fromData()) {
      throw around
          .failure()
          .problem("`" + Request.shown(target.uri()) + "`: " + why, "take another host");
    }
    for (int i = 0; i < parcel.size(); i++) {
      rejects.add(new Rejects.Reject(parcel.number(i), ProblemCode.D304, why));
    }
    return Optional.empty();
  }

  /** Sends both halves of a parcel, one after the other, and waits for them. */
  private Optional<Sent> halves(Parcel parcel) throws IOException {
    for (boolean first : new boolean[] {true, false}) {
      Optional<Sent> sent = send(parcel.half(first));
      if (sent.isPresent()) {
        settle(sent.get());
      }
    }
    return Optional.empty();
  }

  private void settle(Sent sent) throws IOException {
    while (true) {
      Answer answer;
      try {
        answer = sent.pending.await();
      } catch (IOException broken) {
        if (Distrust.isFinal(broken)) {
          throw ended(sent, around.failure().why(broken), around.failure().hint(broken), broken);
        }
        again(sent, around.failure().why(broken), Optional.empty(), broken);
        continue;
      }
      if (answer.isGood()) {
        items(sent, answer);
        return;
      }
      if (around.retry().isAboutRows(answer.status()) || answer.status() == TOO_LARGE) {
        narrow(sent, answer);
        return;
      }
      if (!answer.mayPass()) {
        throw ended(sent, "answered " + answer.shown(), hint(answer), cause(answer));
      }
      Optional<Duration> asked = answer.retryAfter(around.clock());
      again(sent, "answered " + answer.shown(), asked, cause(answer));
    }
  }

  /** The rows that a server refuses as a whole are found by halves; the others go once more. */
  private void narrow(Sent sent, Answer answer) throws IOException {
    if (sent.parcel.size() > 1) {
      // What the format could not hold is said again by the halves.
      rejects.removeAll(sent.body.rejects());
      Optional<Sent> unused = halves(sent.parcel);
      return;
    }
    rejects.add(
        new Rejects.Reject(
            sent.body.numbers()[0],
            ProblemCode.D312,
            "`" + sent.request.shown() + "` answered " + answer.shown()));
  }

  private void items(Sent sent, Answer answer) {
    if (around.config().itemErrors().isEmpty()) {
      return;
    }
    RefusedItems refused =
        new RefusedItems(around.config().itemErrors().get(), sent.body.numbers());
    try {
      rejects.addAll(refused.of(answer));
    } catch (RefusedItems.UnreadableException unreadable) {
      throw ended(
          sent,
          "answered " + answer.shown() + ": " + unreadable.getMessage(),
          "check `item_errors`",
          unreadable);
    }
  }

  private void again(Sent sent, String why, Optional<Duration> asked, Throwable cause) {
    Retry retry = around.retry().again();
    long used = around.clock().nanos() - sent.begunNanos;
    Duration pause = retry.pause(sent.tries);
    Duration wait = asked.filter(a -> a.compareTo(pause) > 0).orElse(pause);
    if (retry.giveUpAfter().isOver(used + wait.toNanos())) {
      throw ended(
          sent,
          why + ", the last of " + sent.tries + " times in " + used / 1_000_000 + " ms",
          "see to the server; the rows are kept where the run keeps state, and go out when it is started again",
          cause);
    }
    try {
      around.scheduler().sleep(wait);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ended(sent, why, "start again", e);
    }
    sent.tries++;
    sent.pending = around.client().send(sent.request);
  }

  private PipelineException ended(Sent sent, String why, String hint, Throwable cause) {
    giveUp();
    String message = "`" + sent.request.shown() + "` " + why;
    return around.failure().problem(message, hint, cause);
  }

  private static IOException cause(Answer answer) {
    return new IOException(answer.shown());
  }

  private static String hint(Answer answer) {
    return switch (answer.status()) {
      case 301, 302, 303, 307, 308 ->
          "redirects are not followed: write the URL that is meant"
              + answer
                  .headers()
                  .firstValue("Location")
                  .map(to -> ", perhaps `" + masked(to) + "`")
                  .orElse("");
      case 401, 403, 407 -> "check `auth`";
      case 404, 405, 410 -> "check `url` and `method`";
      case 415 -> "check `format`, and the header `Content-Type`";
      default -> "where this status is about the rows, name it in `retry: { give_up_on: [...] }`";
    };
  }

  private static String masked(String location) {
    int query = location.indexOf('?');
    return query < 0 ? location : location.substring(0, query) + "?...";
  }
}
