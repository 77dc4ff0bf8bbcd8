package io.penstock.dsl.launcher.test;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Schema;
import io.penstock.api.lookup.Answers;
import io.penstock.api.lookup.KeyPart;
import io.penstock.api.lookup.Lookup;
import io.penstock.api.lookup.LookupConfig;
import io.penstock.api.lookup.LookupContext;
import io.penstock.api.lookup.LookupKeys;
import io.penstock.api.problem.ProblemCode;
import io.penstock.core.expression.Values;
import java.util.List;
import java.util.Optional;

/**
 * Stands for an outside system in a test: there is nothing of a key that the test does not name.
 */
record GivenLookup(List<KeyPart> key, Schema fields, List<GivenAnswer> answers)
    implements LookupConfig, Lookup {
  GivenLookup {
    key = List.copyOf(key);
    answers = List.copyOf(answers);
  }

  @Override
  public Lookup lookup() {
    return this;
  }

  @Override
  public void open(LookupContext run) {
    // Nothing outside is touched.
  }

  @Override
  public void ask(LookupKeys keys, Answers into) {
    for (int row = 0; row < keys.size(); row++) {
      int asked = row;
      Optional<GivenAnswer> found =
          answers.stream().filter(given -> matches(given, keys, asked)).findFirst();
      if (found.isEmpty() || found.get().answer().isEmpty() && found.get().fails().isEmpty()) {
        into.missing(row);
      } else if (found.get().fails().isPresent()) {
        into.failed(row, ProblemCode.D223, found.get().fails().get());
      } else {
        found(row, found.get().answer().get(), into);
      }
    }
  }

  private static boolean matches(GivenAnswer given, LookupKeys keys, int row) {
    for (int part = 0; part < keys.types().size(); part++) {
      DataType type = keys.types().get(part);
      Object asked = Values.get(keys.parts().get(part), type, row);
      if (!Values.equal(type, asked, given.key()[part])) {
        return false;
      }
    }
    return true;
  }

  private void found(int row, Entry.Row answer, Answers into) {
    for (int i = 0; i < fields.columns(); i++) {
      Values.append(into.column(i), fields.column(i).type(), answer.values()[i]);
    }
    into.found(row);
  }

  @Override
  public void close() {
    // Nothing was opened.
  }
}
