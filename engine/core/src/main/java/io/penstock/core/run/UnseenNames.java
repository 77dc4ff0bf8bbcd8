package io.penstock.core.run;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.problem.Nearest;
import io.penstock.api.problem.Origin;
import io.penstock.core.logical.LogicalNode;
import io.penstock.core.logical.LogicalPlan;
import io.penstock.core.logical.Operation;
import io.penstock.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Warns of names that are read out of open rows and are in none of a source's first rows: most
 * often they are misspelled. Thread-safe.
 */
final class UnseenNames {
  private static final int ROWS = 1000;
  private static final int MOST_NEAR = 500;
  private static final int MOST_SHOWN = 12;

  private final Map<String, Watch> watches = new LinkedHashMap<>();

  UnseenNames(LogicalPlan plan, Consumer<String> warn) {
    for (LogicalNode node : plan.nodes()) {
      if (node.operation() instanceof Operation.Read read && read.computed().isEmpty()) {
        List<Sought> sought = new ArrayList<>();
        RestPaths.of(plan, node).forEach((path, at) -> sought.add(new Sought(path, at)));
        if (!sought.isEmpty()) {
          watches.put(node.step(), new Watch(sought, warn));
        }
      }
    }
  }

  /** Is shown the rows of a source as they are decoded. */
  Consumer<Batch> of(String source) {
    Watch watch = watches.get(source);
    return watch == null ? rows -> {} : watch;
  }

  /** The run has ended: what was seen is all there is. */
  void ended() {
    watches.values().forEach(Watch::judge);
  }

  private static final class Watch implements Consumer<Batch> {
    private final List<Sought> sought;
    private final Consumer<String> warn;
    private int rows;
    private volatile boolean over;

    Watch(List<Sought> sought, Consumer<String> warn) {
      this.sought = sought;
      this.warn = warn;
    }

    @Override
    public void accept(Batch batch) {
      if (!over) {
        look(batch);
      }
    }

    private synchronized void look(Batch batch) {
      Column.Bytes rest = (Column.Bytes) batch.column(batch.schema().rest());
      int to = Math.min(batch.size(), ROWS - rows);
      for (int row = 0; row < to; row++) {
        Json json = Json.ofBinary(rest.bytes(), rest.from(row), rest.to(row));
        sought.forEach(path -> path.look(json));
      }
      rows += to;
      if (rows >= ROWS) {
        judge();
      }
    }

    synchronized void judge() {
      if (!over && rows > 0) {
        String where =
            rows < ROWS ? "was in none of the rows read" : "was in none of the first 1,000 rows";
        sought.forEach(path -> path.warning(where).ifPresent(warn));
      }
      over = true;
    }
  }

  private static final class Sought {
    private final List<String> path;
    private final Origin at;
    private final SortedSet<String> near = new TreeSet<>();
    private int depth;
    private boolean found;

    Sought(List<String> path, Origin at) {
      this.path = path;
      this.at = at;
    }

    void look(Json row) {
      Json now = row;
      for (int i = 0; i < path.size() && !found; i++) {
        if (now.kind() != Json.Kind.OBJECT) {
          // What is no object today may be one in another row; nobody has misspelled anything.
          found = i > 0 && !now.isNull();
          return;
        }
        Optional<Json> next = now.member(path.get(i));
        if (next.isEmpty()) {
          missing(i, now);
          return;
        }
        now = next.get();
      }
      found = true;
    }

    private void missing(int level, Json in) {
      if (level > depth) {
        near.clear();
        depth = level;
      }
      if (level == depth && near.size() < MOST_NEAR) {
        near.addAll(in.members().keySet());
      }
    }

    Optional<String> warning(String where) {
      if (found || near.isEmpty()) {
        return Optional.empty();
      }
      String name = path.get(depth);
      String before = String.join(".", path.subList(0, depth)) + (depth > 0 ? "." : "");
      String hint =
          Nearest.to(name, near)
              .map(known -> "; did you mean `" + before + known + "`?")
              .orElseGet(
                  () ->
                      "; names there: "
                          + near.stream().limit(MOST_SHOWN).collect(Collectors.joining(", ")));
      return Optional.of(at + " `" + before + name + "` " + where + hint);
    }
  }
}
