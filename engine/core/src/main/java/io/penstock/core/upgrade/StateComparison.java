package io.penstock.core.upgrade;

import io.penstock.api.data.Schema;
import io.penstock.api.data.ValueType;
import io.penstock.core.state.RowWidening;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How the state that a step kept and the one that it would keep now fit together.
 *
 * @param differences why it does not fit, old and new; empty where it does
 * @param widenings what is wider now
 */
record StateComparison(List<String> differences, List<String> widenings) {
  static StateComparison of(StateShape earlier, StateShape now) {
    List<String> differences = new ArrayList<>();
    List<String> widenings = new ArrayList<>();
    if (!earlier.kind().equals(now.kind())) {
      differences.add("it was `" + earlier.kind() + "`, it is `" + now.kind() + "`");
      return new StateComparison(differences, widenings);
    }
    Map<String, StateShape.Part> added = new LinkedHashMap<>();
    now.parts().forEach(part -> added.put(part.name(), part));
    for (StateShape.Part before : earlier.parts()) {
      StateShape.Part after = added.remove(before.name());
      if (after == null) {
        differences.add(before.name() + " was `" + before + "`, there is none");
      } else {
        part(before, after, differences, widenings);
      }
    }
    added
        .values()
        .forEach(part -> differences.add(part.name() + " was not there, it is `" + part + "`"));
    if (earlier.rows().isPresent() && now.rows().isPresent()) {
      rows(earlier.rows().get(), now.rows().get(), differences, widenings);
    }
    return new StateComparison(differences, widenings);
  }

  private static void part(
      StateShape.Part earlier,
      StateShape.Part now,
      List<String> differences,
      List<String> widenings) {
    boolean same =
        earlier.meaning().equals(now.meaning()) && earlier.types().size() == now.types().size();
    for (int i = 0; same && i < now.types().size(); i++) {
      ValueType before = earlier.types().get(i);
      same = before.equals(now.types().get(i)) || RowWidening.widens(before, now.types().get(i));
    }
    if (!same) {
      differences.add(earlier.name() + " was `" + earlier + "`, is `" + now + "`");
    } else if (!earlier.types().equals(now.types())) {
      widenings.add(now.name() + " may be null");
    }
  }

  private static void rows(
      Schema earlier, Schema now, List<String> differences, List<String> widenings) {
    if (earlier.equals(now)) {
      return;
    }
    if (!RowWidening.widens(earlier, now)) {
      differences.add("the rows held were `" + earlier + "`, they are `" + now + "`");
      return;
    }
    List<String> added = new ArrayList<>(now.names());
    added.removeAll(earlier.names());
    widenings.add(
        added.isEmpty()
            ? "the rows held are wider"
            : "the rows held have null in " + Words.list(added));
  }

  boolean fits() {
    return differences.isEmpty();
  }
}
