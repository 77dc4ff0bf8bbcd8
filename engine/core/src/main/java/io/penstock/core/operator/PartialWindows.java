package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.core.expression.RowErrors;
import io.penstock.core.logical.Operation;
import io.penstock.core.logical.Window;
import io.penstock.core.logical.Windowing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Groups the rows of one block after the other by window or pane, in the task that decodes them. It
 * counts and reports nothing: a block with a row that fails is handed on as it came.
 */
public final class PartialWindows {
  /** Fewer rows are not worth states of their own. */
  private static final int LEAST_ROWS = 4;

  /** To merge a group costs more than to add a row: so many rows of a group pay for it. */
  private static final int ROWS_OF_A_GROUP = 4;

  /** Of blocks that are not worth it so many are passed over until one is grouped again. */
  private static final int PASSED_OVER = 63;

  private final GroupState.Input input;
  private final Placing placing;
  private final List<Batch> rows = new ArrayList<>();
  private int size;
  private boolean others;
  private int passOver;
  private Map<StoreShelf.Key, GroupState> groups = new LinkedHashMap<>();

  public PartialWindows(Operation.Aggregate aggregate, StepContext context) {
    Windowing windowing = aggregate.windowing();
    this.input = new GroupState.Input(aggregate, context);
    Window window = windowing.window().orElseThrow();
    Optional<Panes> panes = Panes.of(window);
    this.placing =
        panes.isPresent()
            ? new PanePlacing(panes.get(), windowing)
            : new Windower(window, windowing.lateness(), context);
  }

  /** Takes rows of the block at hand. */
  public void rows(Batch more) {
    rows.add(more);
    size += more.size();
  }

  /** What came of the block; the next one begins without any. */
  public Optional<WindowGroups> take() {
    if (size == 0) {
      return Optional.empty();
    }
    others = false;
    boolean grouped = size >= LEAST_ROWS && passOver == 0;
    passOver = Math.max(0, passOver - 1);
    for (int i = 0; grouped && i < rows.size(); i++) {
      grouped = group(rows.get(i));
    }
    WindowGroups taken =
        new WindowGroups(
            List.copyOf(rows), grouped ? groups : Map.of(), grouped, grouped && others);
    if (grouped && met() * ROWS_OF_A_GROUP > size) {
      passOver = PASSED_OVER;
    }
    rows.clear();
    size = 0;
    groups = new LinkedHashMap<>();
    return Optional.of(taken);
  }

  /** False where a row fails. */
  private boolean group(Batch batch) {
    RowErrors errors = new RowErrors();
    Optional<StoreShelf.Key> only = placing.only(batch);
    if (only.isPresent()) {
      add(only.get(), batch, errors);
      return errors.isEmpty();
    }
    Placing.Judged judged = placing.judged(batch);
    others |= judged.hasOthers();
    if (judged.hasFailed()) {
      return false;
    }
    WindowParts.each(judged.onTime(), (window, part) -> add(window, part, errors));
    return errors.isEmpty();
  }

  private int met() {
    int met = 0;
    for (GroupState state : groups.values()) {
      met += state.size();
    }
    return met;
  }

  private void add(StoreShelf.Key window, Batch part, RowErrors errors) {
    groups.computeIfAbsent(window, w -> input.state()).add(part, errors);
  }
}
