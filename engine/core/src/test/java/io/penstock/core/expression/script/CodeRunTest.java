package io.penstock.core.expression.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.code.RowCode;
import io.penstock.api.data.Schema;
import io.penstock.api.problem.Problems;
import io.penstock.core.compile.RowCodeMaker;
import io.penstock.core.expression.RowError;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Java code over the row of {@link Scripts}. */
final class CodeRunTest {
  private static String outcome(String body) {
    Problems problems = new Problems();
    Optional<RowCode> code = RowCodeMaker.make(Scripts.text(body), problems);
    if (code.isEmpty()) {
      return problems.inFileOrder().get(0).toString();
    }
    CodeRun run =
        new CodeRun(
            code.get(),
            Scripts.text(body),
            RowCodeMaker.LINES_ABOVE,
            Schema.anything(),
            Scripts.LIMITS.clock());
    Optional<RowError> error = run.row(Scripts.batch(), 0);
    return error.isPresent()
        ? error.get().code() + " " + error.get().at() + " " + error.get().message()
        : Scripts.shown(run.count(), run.take(), Schema.anything());
  }

  @Test
  void eachKindOfFieldHasItsGetter() {
    assertEquals(
        """
        {"id":8,"name":"Ada!","price":12.50,"whole":7,"ratio":0.75,"at":"2026-01-01T00:00:01Z",\
        "day":"2026-01-02","took":"PT1M31S","tags":2,"deep":3.5,"raw":2,"none":true,"has":false}\
        """,
        outcome(
            """
            Row made = out.row();
            made.set("id", row.getLong("id") + 1L);
            made.set("name", row.getString("name") + "!");
            made.set("price", row.getDecimal("price")).set("whole", row.getDecimal("id"));
            made.set("ratio", row.getDouble("ratio") * 1.5);
            made.set("at", row.getInstant("at").plusSeconds(1L));
            made.set("day", row.getDate("day").plusDays(1L));
            made.set("took", row.getDuration("took").plusSeconds(1L));
            made.set("tags", row.getList("tags").size());
            List deep = (List) row.getMap("extra").get("deep");
            made.set("deep", ((BigDecimal) deep.get(1)).add(BigDecimal.ONE));
            made.set("raw", row.getBytes("raw").length);
            made.set("none", row.isNull("none")).set("has", row.has("nothing"));
            out.emit(made);
            """));
  }

  @Test
  void aRowIsEmittedAsItIsThen() {
    assertEquals(
        "{\"n\":1}\n{\"n\":2,\"m\":[1,{\"a\":1.5}]}",
        outcome(
            """
            Row made = out.row().set("n", 1);
            out.emit(made);
            Map inner = new LinkedHashMap();
            inner.put("a", 1.5f);
            List list = new ArrayList();
            list.add((short) 1);
            list.add(inner);
            out.emit(made.set("n", 2).set("m", list).set("x", "y").remove("x"));
            """));
  }

  @Test
  void aFailureNamesTheLineThatFailed() {
    assertEquals(
        "D204 s:2:1 `name` is a string, and an int is wanted",
        outcome("out.emit(row);\nlong n = row.getLong(\"name\");"));
    assertEquals(
        "D204 s:1:1 `nothing` is no field, and an int is wanted",
        outcome("row.getLong(\"nothing\");"));
    assertEquals(
        "D232 s:2:3 java.lang.IllegalStateException: no good",
        outcome("if (true) {\n  throw new IllegalStateException(\"no\\n good\");\n}"));
    assertEquals(
        "D231 s:2:1 a java.lang.StringBuilder is no value of a row",
        outcome("row.set(\"n\", new StringBuilder());\nout.emit(row);"));
    assertEquals(
        "D231 s:3:1 the names of fields and of maps must be texts",
        outcome("Map m = new HashMap(); m.put(1, 2);\nrow.set(\"n\", m);\nout.emit(row);"));
    assertEquals("D232 s:1:1 the code calls itself too deep", outcome("run(row, out);"));
  }

  @Test
  void whatDoesNotCompileIsToldAtItsPlace() {
    String problem = outcome("long a = 1;\nlong b = missing;");

    assertTrue(problem.startsWith("s:2:10  E322  the Java code does not compile: "), problem);
    assertTrue(problem.contains("missing"), problem);
  }
}
