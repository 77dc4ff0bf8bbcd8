package io.penstock.core.upgrade;

import io.penstock.api.data.Schema;
import io.penstock.api.data.ValueType;
import io.penstock.core.state.RowWidening;
import java.util.ArrayList;
import java.util.List;

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
    int parts = Math.max(earlier.parts().size(), now.parts().size());
    for (int i = 0; i < parts; i++) {
      if (i >= now.parts().size()) {
        StateShape.Part gone = earlier.parts().get(i);
        differences.add(gone.name() + " was `" + gone + "`, there is none");
      } else if (i >= earlier.parts().size()) {
        StateShape.Part added = now.parts().get(i);
        differences.add(added.name() + " was not there, it is `" + added + "`");
      } else {
        part(earlier.parts().get(i), now.parts().get(i), differences, widenings);
      }
    }
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
        earlier.name().equals(now.name())
            && earlier.meaning().equals(now.meaning())
            && earlier.types().size() == now.types().size();
    for (int i = 0; same && i < now.types().size(); i++) {
      ValueType before = earlier.types().get(i);
      same = before.equals(now.types().get(i)) || RowWidening.widens(before, now.types().get(i));
    }
    if (!same) {
      differences.add(
          earlier.name()
              + " was `"
              + earlier
              + "`, "
              + (earlier.name().equals(now.name()) ? "" : now.name() + " ")
              + "is `"
              + now
              + "`");
    } else if (!earlier.types().equals(now.types())) {
      widenings.add(now.name() + " may be null");
    }
  }

  private static void rows(
      Schema earlier, Schema now, List<String> differences, List<String> widenings) {
    if (earlier.equals(now)) {
      return;
    }
    if (RowWidening.of(earlier, now).isEmpty()) {
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
