package io.penstock.dsl.language.transform;

import io.penstock.api.data.FieldPath;
import io.penstock.api.option.Entry;
import io.penstock.api.option.Placed;
import io.penstock.api.problem.Origin;
import io.penstock.api.problem.ProblemCode;
import io.penstock.core.logical.Join.Bound;
import io.penstock.core.logical.Join.InWindow;
import io.penstock.core.logical.Join.Within;
import io.penstock.core.logical.LateRows;
import io.penstock.core.logical.Window;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads how the rows of a join that may meet are bounded, and reports what is wrong with it. */
final class JoinBounds {
  private final Join join;
  private final StepContext context;
  private final Rows left;
  private final Rows right;

  JoinBounds(Join join, StepContext context) {
    this.join = join;
    this.context = context;
    this.left = context.rows();
    this.right = context.others();
  }

  /** Whether fields that equal each other are the beginnings of windows. */
  static boolean isWindow(Entry<FieldPath> entry) {
    return entry.name().toString().equals(LateRows.START)
        && entry.value().toString().equals(LateRows.START);
  }

  /** The bound, where there is one; empty where something is wrong, which is reported. */
  Optional<Optional<Bound>> read() {
    if (!left.known() || !right.known()) {
      return Optional.empty();
    }
    List<Placed<?>> written = new ArrayList<>();
    join.within().ifPresent(written::add);
    join.window().ifPresent(written::add);
    join.keepFor().ifPresent(written::add);
    if (written.size() > 1) {
      context.problem(
          ProblemCode.E110,
          written.get(1).origin(),
          "`within`, `window` and `keep_for` each say how long rows wait for each other",
          "keep one of them");
      return Optional.empty();
    }
    boolean wrong = wrong();
    Optional<Bound> bound = join.within().flatMap(this::within);
    wrong |= join.within().isPresent() && bound.isEmpty();
    bound =
        bound.or(this::window).or(() -> join.keepFor().map(f -> new Within(f.value(), f.value())));
    if (bound.isEmpty()) {
      wrong |= join.within().isEmpty() && endless();
    } else {
      Origin at = written.isEmpty() ? context.origin() : written.get(0).origin();
      wrong |= !timed(bound.get(), at);
    }
    return wrong ? Optional.empty() : Optional.of(bound);
  }

  private boolean wrong() {
    boolean wrong = false;
    boolean hasWindow = join.hasWindows();
    if (join.lateness().isPresent() && !hasWindow) {
      context.problem(
          ProblemCode.E110,
          context.origin(),
          "`lateness` says how long a window waits for late rows, and there is no `window`",
          "leave it out, or write `window:`");
      wrong = true;
    }
    if (join.window().filter(w -> !w.value().endsAreKnown()).isPresent()) {
      boolean content = join.window().get().value().isByContent();
      context.problem(
          ProblemCode.E211,
          join.window().get().origin(),
          "the rows of a join have no "
              + (content ? "windows by content" : "sessions")
              + ": those of one input do not end the other's",
          "write `within: 30m`, or a window of a fixed size such as `{ tumbling: 30m }`");
      wrong = true;
    }
    if (join.asOf() && (!left.beside().time() || !right.beside().time())) {
      untimed(context.origin(), "`as_of` takes the latest row by time");
      wrong = true;
    }
    return wrong;
  }

  private Optional<Bound> within(Placed<WithinOptions> written) {
    WithinOptions options = written.value();
    Optional<Duration> around = options.around();
    if (around.isPresent() && (options.before().isPresent() || options.after().isPresent())) {
      context.problem(
          ProblemCode.E110,
          written.origin(),
          "`within` has one length for both sides, and lengths for each",
          "write `within: 10s`, or `within: { before: 10s, after: 5s }`");
      return Optional.empty();
    }
    Duration before = around.or(options::before).orElse(Duration.ZERO);
    Duration after = around.or(options::after).orElse(Duration.ZERO);
    if (before.plus(after).isNegative()) {
      context.problem(
          ProblemCode.E105,
          written.origin(),
          "no time lies so much before and so much after another",
          "let `before` and `after` together be zero or more");
      return Optional.empty();
    }
    return Optional.of(new Within(before, after));
  }

  private Optional<Bound> window() {
    Duration lateness = join.lateness().orElse(Duration.ZERO);
    if (join.window().isPresent()) {
      return join.window()
          .get()
          .value()
          .window(text -> Optional.empty())
          .map(window -> new InWindow(window, lateness));
    }
    boolean carried = left.beside().window() && right.beside().window();
    return join.keepFor().isEmpty()
            && carried
            && join.matched().stream().anyMatch(JoinBounds::isWindow)
        ? Optional.of(new InWindow(new Window.Same(), lateness))
        : Optional.empty();
  }

  private boolean endless() {
    if (left.beside().changes() || right.beside().changes()) {
      return false;
    }
    Optional<String> source = left.endless().or(right::endless);
    source.ifPresent(
        name ->
            context.problem(
                ProblemCode.E212,
                context.origin(),
                "`join` would keep all rows, because `" + name + "` has no end",
                "bound it: `within: 10m`, a `window`, or `keep_for: 1h`"));
    return source.isPresent();
  }

  private boolean timed(Bound bound, Origin at) {
    if (bound instanceof InWindow in
        && in.window() instanceof Window.Same
        && !(left.beside().window() && right.beside().window())) {
      context.problem(
          ProblemCode.E214,
          at,
          "`window: same` takes the windows that rows carry, and not both inputs carry some",
          "write the window here, such as `window: { tumbling: 1m }`");
      return false;
    }
    if (!left.beside().time() || !right.beside().time()) {
      untimed(at, "rows that wait for each other go by their time");
      return false;
    }
    return true;
  }

  private void untimed(Origin at, String why) {
    context.problem(
        ProblemCode.E214,
        at,
        why + ", and not both inputs have one",
        "add `event_time: <field>` beside each source, or a step `event_time` above");
  }
}
