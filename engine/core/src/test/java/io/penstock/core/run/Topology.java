package io.penstock.core.run;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import io.penstock.api.sink.SinkConfig;
import io.penstock.core.logical.LogicalNode.OnError;
import io.penstock.core.logical.LogicalPlan;
import io.penstock.core.logical.Operation;
import io.penstock.core.operator.RowJson;
import io.penstock.testkit.simulation.Journal;
import io.penstock.testkit.simulation.Lanes;
import io.penstock.testkit.simulation.RowText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The pipelines that are simulated, each with what must come out, computed the naive way. */
enum Topology {
  /** Filters and computes. */
  LINE {
    @Override
    Pipelines pipeline(Setting setting) {
      return setting
          .sources("a")
          .filter("some", "a", "value >= 0")
          .project("out", "some", OnError.FAIL, columns("value", "value * 2"))
          .write("parts", "out", setting.parts("parts"), OnError.FAIL);
    }

    @Override
    void expect(List<Journal> journals, Map<String, Lanes> outputs) {
      Lanes parts = output(outputs, "parts");
      for (Journal.Entry entry : journals.get(0).entries()) {
        if (entry.value() >= 0) {
          parts.expect(row(entry, "value", entry.value() * 2));
        }
      }
    }
  },

  /** Gathers by key, over an exchange. */
  TOTALS {
    @Override
    Pipelines pipeline(Setting setting) {
      return setting
          .sources("a")
          .aggregate("totals", "a", List.of("key=key"), "rows", "count()", "sum", "sum(value)")
          .write("database", "totals", setting.database("database"), OnError.FAIL);
    }

    @Override
    void expect(List<Journal> journals, Map<String, Lanes> outputs) {
      Map<Long, long[]> totals = new TreeMap<>();
      for (Journal.Entry entry : journals.get(0).entries()) {
        long[] total = totals.computeIfAbsent(entry.key(), k -> new long[2]);
        total[0]++;
        total[1] += entry.value();
      }
      Lanes database =
          outputs.computeIfAbsent("database", n -> new Lanes(n, text -> number(text, "key")));
      totals.forEach(
          (key, total) ->
              database.expect(
                  "{\"key\":" + key + ",\"rows\":" + total[0] + ",\"sum\":" + total[1] + "}"));
    }
  },

  /** Divides and meets again. */
  DIAMOND {
    @Override
    Pipelines pipeline(Setting setting) {
      return setting
          .sources("a")
          .filter("low", "a", "value < 300")
          .project("small", "low", OnError.FAIL, columns("branch", "1"))
          .filter("high", "a", "value >= 200")
          .project("large", "high", OnError.FAIL, columns("branch", "2"))
          .union("both", "small", "large")
          .write("parts", "both", setting.parts("parts"), OnError.FAIL);
    }

    @Override
    void expect(List<Journal> journals, Map<String, Lanes> outputs) {
      Lanes parts =
          outputs.computeIfAbsent(
              "parts", n -> new Lanes(n, t -> number(t, "branch") + "/" + number(t, "split")));
      for (Journal.Entry entry : journals.get(0).entries()) {
        if (entry.value() < 300) {
          parts.expect(row(entry, "branch", 1));
        }
        if (entry.value() >= 200) {
          parts.expect(row(entry, "branch", 2));
        }
      }
    }
  },

  /** Two sources, a lookup, two sinks, and dead letters of a step and of a sink. */
  WIDE {
    @Override
    Pipelines pipeline(Setting setting) {
      Pipelines made =
          setting
              .sources("a", "b")
              .project("from_a", "a", OnError.FAIL, columns("value", "value + 1000"))
              .project("from_b", "b", OnError.FAIL, columns("value", "value + 3000"))
              .union("both", "from_a", "from_b")
              .project("shared", "both", OnError.DEAD_LETTER, columns("value", QUOTIENT))
              .table(Setting.colours());
      Schema row = made.schema("shared");
      List<Field> fields = new ArrayList<>(row.fields());
      fields.add(Field.optional("colour", DataType.STRING));
      Operation lookup =
          new Operation.Lookup(
              "colours",
              List.of(made.expression("seq % 3", row)),
              List.of(new Operation.Lookup.Taken("colour", "colour")),
              Operation.Lookup.Missing.KEEP);
      return made.step("coloured", lookup, Schema.of(fields), OnError.FAIL, "shared")
          .write("parts", "coloured", setting.parts("parts"), OnError.FAIL)
          .write("database", "shared", setting.database("database"), OnError.DEAD_LETTER)
          .deadLettersTo(setting.letters());
    }

    @Override
    void expect(List<Journal> journals, Map<String, Lanes> outputs) {
      Lanes parts = wide(outputs, "parts");
      Lanes database = wide(outputs, "database");
      Lanes letters =
          outputs.computeIfAbsent(
              "letters", n -> new Lanes(n, t -> t.substring(0, t.indexOf(" seq"))));
      for (int i = 0; i < 2; i++) {
        for (Journal.Entry entry : journals.get(i).entries()) {
          long value = entry.value() + (i == 0 ? 1000 : 3000);
          if (value % 7 == 0) {
            letters.expect(letter("shared", journals.get(i), entry));
            continue;
          }
          // The source shows in the value.
          long shared = (i == 0 ? 1000 : 3000) + 60 / (value % 7);
          String row = row(entry, "value", shared);
          String colour = List.of("null", "\"red\"", "\"blue\"").get((int) (entry.seq() % 3));
          parts.expect(row.replace("}", ",\"colour\":" + colour + "}"));
          if (refuses(row)) {
            letters.expect(letter("database", journals.get(i), entry));
          } else {
            database.expect(row);
          }
        }
      }
    }

    private Lanes wide(Map<String, Lanes> outputs, String name) {
      return outputs.computeIfAbsent(
          name,
          n ->
              new Lanes(
                  n, t -> Long.parseLong(number(t, "value")) / 2000 + "/" + number(t, "split")));
    }
  };

  private static final String QUOTIENT = "if(value < 2500, 1000, 3000) + div(60, value % 7)";

  /** Adds the steps. */
  abstract Pipelines pipeline(Setting setting);

  /** Says what must come out, by the name of the sink. */
  abstract void expect(List<Journal> journals, Map<String, Lanes> outputs);

  LogicalPlan plan(Setting setting) {
    return pipeline(setting).plan();
  }

  /** Whether a pipeline gives rows before its sources end. */
  boolean flows() {
    return this != TOTALS;
  }

  int sources() {
    return this == WIDE ? 2 : 1;
  }

  private static Lanes output(Map<String, Lanes> outputs, String name) {
    return outputs.computeIfAbsent(name, n -> new Lanes(n, text -> number(text, "split")));
  }

  private static String[] columns(String last, String expression) {
    return new String[] {"split", "split", "seq", "seq", last, expression};
  }

  private static String row(Journal.Entry entry, String last, long value) {
    return "{\"split\":"
        + entry.split()
        + ",\"seq\":"
        + entry.seq()
        + ",\""
        + last
        + "\":"
        + value
        + "}";
  }

  /** A number in a row's text. */
  static String number(String row, String name) {
    int at = row.indexOf("\"" + name + "\":") + name.length() + 3;
    int end = at;
    while (end < row.length() && (Character.isDigit(row.charAt(end)) || row.charAt(end) == '-')) {
      end++;
    }
    return row.substring(at, end);
  }

  /** Rows that the database does not take. */
  static boolean refuses(String row) {
    return number(row, "seq").endsWith("5");
  }

  private static String letter(String step, Journal journal, Journal.Entry entry) {
    return step + " " + journal.name() + " " + entry.split() + " seq " + entry.seq();
  }

  /** How a dead letter is written: what stays the same when it is made again. */
  static RowText letterText() {
    return (batch, index) -> {
      String letter = RowJson.of(batch, index).toText();
      int source = after(letter, 0, "\"source\":");
      int row = after(letter, source, "\"row\":");
      return word(letter, after(letter, 0, "\"step\":\""))
          + " "
          + word(letter, after(letter, source, "\"step\":\""))
          + " "
          + word(letter, after(letter, row, "\"split\":"))
          + " seq "
          + word(letter, after(letter, row, "\"seq\":"));
    };
  }

  /** Where the text goes on behind this, from a place on. */
  private static int after(String text, int from, String what) {
    int at = text.indexOf(what, from);
    if (at < 0) {
      throw new AssertionError(what + " is not in " + text);
    }
    return at + what.length();
  }

  /** The letters and digits from a place on. */
  private static String word(String text, int from) {
    int end = from;
    while (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '_') {
      end++;
    }
    return text.substring(from, end);
  }

  /** Builds a topology's ends in one world. */
  interface Setting {
    /** A pipeline that begins with these journals. */
    Pipelines sources(String... names);

    /** A staged sink. */
    SinkConfig parts(String name);

    /** A spooled sink. */
    SinkConfig database(String name);

    /** Where dead letters go. */
    SinkConfig letters();

    static io.penstock.core.logical.Table colours() {
      Schema schema = Schema.of(Field.of("id", DataType.INT), Field.of("colour", DataType.STRING));
      io.penstock.api.data.LongsBuilder ids = new io.penstock.api.data.LongsBuilder();
      io.penstock.api.data.BytesBuilder names = new io.penstock.api.data.BytesBuilder();
      ids.add(1);
      names.add("red");
      ids.add(2);
      names.add("blue");
      return new io.penstock.core.logical.Table(
          "colours",
          Pipelines.AT,
          Optional.empty(),
          Optional.of(
              io.penstock.api.data.Batch.of(
                  schema,
                  2,
                  new io.penstock.api.data.Column[] {ids.build(), names.build()},
                  io.penstock.api.data.Provenance.none("colours"))),
          schema,
          List.of("id"),
          Optional.empty());
    }
  }

  static Map<String, Lanes> outputs() {
    return new LinkedHashMap<>();
  }

  static Path folder(String name) {
    return Path.of("/srv/" + name);
  }
}
