package io.penstock.connectors.http;

import io.penstock.api.lookup.Answers;
import io.penstock.api.lookup.LookupContext;
import io.penstock.api.network.Distrust;
import io.penstock.api.network.Retry;
import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.system.Clock;
import io.penstock.json.Json;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The requests for some keys, several under way at once. What may pass is tried again; once that
 * has gone on for too long without any good answer, each key that is left is asked for once.
 */
final class Calls {
  private static final int NO_CONTENT = 204;
  private static final Duration LOOK = Duration.ofMillis(100);

  private final HttpLookupConfig config;
  private final LookupContext context;
  private final Client client;
  private final Failure failure;
  private final CallKeys keys;
  private final Answers into;
  private final Clock clock;
  private final HttpRetry retry;
  private final Hosts hosts;
  private final List<Call> underWay = new ArrayList<>();
  private Optional<Long> troubledSince = Optional.empty();
  private int next;

  /** A key that is asked for. */
  private static final class Call {
    private final int key;
    private final Request request;
    private @Nullable Pending pending;
    private long notBefore;
    private long troubledSince;
    private int tries;

    Call(int key, Request request, long now) {
      this.key = key;
      this.request = request;
      this.notBefore = now;
    }
  }

  Calls(
      HttpLookupConfig config,
      LookupContext context,
      Client client,
      Failure failure,
      CallKeys keys,
      Answers into) {
    this.config = config;
    this.context = context;
    this.client = client;
    this.failure = failure;
    this.keys = keys;
    this.into = into;
    this.clock = context.clock();
    this.retry = config.retry().orElse(HttpRetry.USUAL);
    this.hosts = new Hosts(config.hosts());
  }

  /** Asks for all; returns when something was said of each, or the run is abandoned. */
  void settle() throws IOException {
    try {
      while (next < keys.size() || !underWay.isEmpty()) {
        if (context.isAbandoned()) {
          return;
        }
        while (next < keys.size() && underWay.size() < context.limits().inFlight()) {
          begin(next++);
        }
        if (!settleSome()) {
          await();
        }
      }
    } finally {
      underWay.forEach(Calls::hangUp);
    }
  }

  private static void hangUp(Call call) {
    Pending sent = call.pending;
    if (sent != null) {
      sent.cancel();
    }
  }

  private void begin(int key) {
    Optional<Target> target = keys.target(key);
    if (target.isEmpty()) {
      into.failed(key, ProblemCode.D304, keys.refusal());
      return;
    }
    Optional<String> refusal = hosts.refusal(target.get().uri(), target.get().fromData());
    if (refusal.isPresent() && !target.get().fromData()) {
      String shown = Request.shown(target.get().uri());
      throw failure.problem("`" + shown + "`: " + refusal.get(), "take another host");
    }
    if (refusal.isPresent()) {
      into.failed(key, ProblemCode.D304, refusal.get());
      return;
    }
    underWay.add(new Call(key, keys.request(target.get()), clock.nanos()));
  }

  /** Whether any of those under way was settled or sent. */
  private boolean settleSome() throws IOException {
    boolean some = false;
    for (Iterator<Call> calls = underWay.iterator(); calls.hasNext(); ) {
      Call call = calls.next();
      if (call.pending == null) {
        if (call.notBefore > clock.nanos()) {
          continue;
        }
        call.tries++;
        call.pending = client.send(call.request);
        some = true;
      }
      if (isSettled(call, call.pending)) {
        calls.remove();
        some = true;
      }
    }
    return some;
  }

  private boolean isSettled(Call call, Pending sent) throws IOException {
    Optional<Answer> answer;
    try {
      answer = sent.await(Duration.ZERO);
    } catch (InterruptedIOException interrupted) {
      throw interrupted;
    } catch (IOException broken) {
      if (Distrust.isFinal(broken)) {
        throw ended(call, failure.why(broken), failure.hint(broken), broken);
      }
      return isGivenUp(call, failure.why(broken), Optional.empty());
    }
    return answer.isPresent() && isSettled(call, answer.get());
  }

  private boolean isSettled(Call call, Answer answer) {
    int status = answer.status();
    if (retry.giveUpOn().contains(status)) {
      return failed(call, "answered " + answer.shown());
    }
    if (answer.isGood() || status == 404 || status == 410) {
      troubledSince = Optional.empty();
      take(call, answer);
      return true;
    }
    if (answer.mayPass()) {
      return isGivenUp(call, "answered " + answer.shown(), answer.retryAfter(clock));
    }
    if (status < 400 || status == 401 || status == 407) {
      String hint =
          status < 400 ? "redirects are not followed: write the URL that is meant" : "check `auth`";
      throw ended(call, "answered " + answer.shown(), hint, new IOException(answer.shown()));
    }
    return failed(call, "answered " + answer.shown());
  }

  private PipelineException ended(Call call, String why, String hint, Throwable cause) {
    return failure.problem("`" + call.request.shown() + "` " + why, hint, cause);
  }

  private boolean failed(Call call, String why) {
    into.failed(call.key, ProblemCode.D223, "`" + call.request.shown() + "` " + why);
    return true;
  }

  /** Whether a key is not asked for again. */
  private boolean isGivenUp(Call call, String why, Optional<Duration> asked) {
    Retry again = retry.again();
    long now = clock.nanos();
    call.troubledSince = call.tries == 1 ? now : call.troubledSince;
    troubledSince = troubledSince.or(() -> Optional.of(now));
    Duration pause = again.pause(call.tries);
    Duration wait = asked.filter(a -> a.compareTo(pause) > 0).orElse(pause);
    long since = Math.min(call.troubledSince, troubledSince.orElse(now));
    if (again.giveUpAfter().isOver(now - since + wait.toNanos())) {
      return failed(call, why + (call.tries > 1 ? ", the last of " + call.tries + " times" : ""));
    }
    call.pending = null;
    call.notBefore = now + wait.toNanos();
    return false;
  }

  private void take(Call call, Answer answer) {
    if (!answer.isGood() || answer.status() == NO_CONTENT || answer.body().length == 0) {
      into.missing(call.key);
    } else if (answer.cut()) {
      into.failed(
          call.key,
          ProblemCode.D107,
          "`" + call.request.shown() + "` answered with more than " + config.maxRecord());
    } else if (Contents.isJson(config.reading())) {
      takeJson(call, answer);
    } else {
      into.found(call.key, answer.body());
    }
  }

  private void takeJson(Call call, Answer answer) {
    List<Json> records;
    try {
      records = Contents.of(answer.body(), config.records()).records();
    } catch (Contents.UnfitException unfit) {
      String message = "`" + call.request.shown() + "`: " + unfit.why();
      into.failed(call.key, ProblemCode.D101, message);
      return;
    }
    if (records.size() > 1) {
      into.failed(
          call.key,
          ProblemCode.D224,
          "`" + call.request.shown() + "` answered with " + records.size() + " records, not one");
    } else if (records.isEmpty() || records.get(0).isNull()) {
      into.missing(call.key);
    } else {
      into.found(call.key, records.get(0).toText().getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Waits for an answer, or until something is to be sent again. */
  private void await() throws IOException {
    List<Pending> sent = new ArrayList<>();
    long wait = LOOK.toNanos();
    long now = clock.nanos();
    for (Call call : underWay) {
      if (call.pending != null) {
        sent.add(call.pending);
      } else {
        wait = Math.min(wait, Math.max(0, call.notBefore - now));
      }
    }
    if (!sent.isEmpty()) {
      Pending.awaitAny(sent, Duration.ofNanos(wait));
      return;
    }
    try {
      context.scheduler().sleep(Duration.ofNanos(wait));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }
}
