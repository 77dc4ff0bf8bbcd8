package io.penstock.dsl.language.bind;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.option.Constant;
import io.penstock.api.option.ExpressionText;
import io.penstock.api.option.Template;
import io.penstock.api.problem.Problems;
import io.penstock.dsl.language.emission.EmitCatalogue;
import io.penstock.dsl.language.option.Components;
import io.penstock.dsl.language.schedule.ScheduleCatalogue;
import io.penstock.dsl.language.text.SourceText;
import io.penstock.dsl.language.transform.Filter;
import io.penstock.dsl.language.transform.Put;
import io.penstock.dsl.language.transform.Select;
import io.penstock.dsl.language.transform.SetFields;
import io.penstock.dsl.language.transform.TransformCatalogue;
import io.penstock.dsl.language.transform.TransformConfig;
import io.penstock.dsl.language.window.WindowCatalogue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class BoundValuesTest {
  @Test
  void takesAListWhereAnExpressionStandsAndKeepsItsPlaces() {
    SetFields set = (SetFields) transform("set: { x: [a, 'b''s', { k: c + 1 }] }");
    ExpressionText x = set.fields().entries().get(0).value();

    assertEquals("[a, 'b\\'s', {'k': c + 1}]", x.text());
    assertEquals("t.yaml:1:39", x.places().at(x.text().indexOf('a'), 1).toString());
    assertEquals("t.yaml:1:55", x.places().at(x.text().indexOf("c + 1"), 5).toString());
    assertEquals(5, x.places().at(x.text().indexOf("c + 1"), 5).length());
  }

  @Test
  void readsNamesThatAreNoWordsOutOfTheRow() {
    Select select = (Select) transform("select: [a.b, Cost Total $]");

    assertEquals("a.b", select.fields().entries().get(0).value().text());
    assertEquals("row['Cost Total $']", select.fields().entries().get(1).value().text());
    assertEquals(List.of("Cost Total $"), select.fields().entries().get(1).name().names());
  }

  @Test
  void keepsTheLookOfConstants() {
    Put put =
        (Put)
            transform(
                "put: { a: 2026-11-22, b: 22:22, c: no, d: 010, e: 1.5, f: 3, g: \"3\", h: ~ }");

    List<String> kinds =
        put.fields().entries().stream()
            .map(
                e ->
                    e.value() instanceof Constant.Text text
                        ? text.template().text()
                        : e.value().toString())
            .toList();

    assertEquals(
        List.of(
            "2026-11-22",
            "22:22",
            "no",
            "010",
            "Number[value=1.5]",
            "Whole[value=3]",
            "3",
            "Null[]"),
        kinds);
  }

  @Test
  void keepsTheTextOfAnExpressionThatYamlWouldReadAsAnotherType() {
    assertEquals("true", ((Filter) transform("filter: true")).where().text());
    assertEquals("1.10", ((Filter) transform("filter: 1.10")).where().text());
  }

  @Test
  void neverReadsWhatAVariableGivesAsYamlOrAsAnExpression() {
    Template path = path("\"${INJECTED}/{a + b}/{at:yyyy-MM}/{{x}}\"");

    assertEquals("x\": {y}\n- z/", ((Template.Literal) path.parts().get(0)).text());
    assertEquals(
        List.of("a + b", "format_timestamp(at, 'yyyy-MM', 'UTC')"),
        path.expressions().stream().map(ExpressionText::text).toList());
    assertEquals("/{x}", ((Template.Literal) path.parts().get(4)).text());
  }

  @Test
  void findsTheExpressionsOfATemplate() {
    Template path = path("\"out/{country}/{at:yyyy-MM}.csv\"");
    ExpressionText country = path.expressions().get(0);
    ExpressionText at = path.expressions().get(1);

    assertEquals("t.yaml:1:27", country.origin().toString());
    assertEquals(7, country.origin().length());
    assertEquals("t.yaml:1:37", at.places().at(at.text().indexOf("at,"), 2).toString());
  }

  private static Template path(String yaml) {
    BoundPipeline bound = bind("sinks: { s: { file: " + yaml + " } }");
    return ((TestCatalogue.FileSink) bound.sinks().get(0).config()).path();
  }

  private static Object transform(String yaml) {
    return bind("transforms: { some_name: { " + yaml + " } }").transforms().get(0).config();
  }

  private static BoundPipeline bind(String yaml) {
    Problems problems = new Problems();
    Components components =
        Components.of(
            List.of(
                new TestCatalogue(),
                new TransformCatalogue(),
                new ScheduleCatalogue(),
                new WindowCatalogue(),
                new EmitCatalogue()));
    Optional<BoundPipeline> bound =
        new PipelineBinder(components, TransformConfig.class)
            .bind(
                new BindRequest(
                    SourceText.of("t.yaml", yaml + "\n"),
                    Map.of(),
                    name -> Optional.of("x\": {y}\n- z"),
                    path -> new byte[0]),
                problems);
    assertTrue(problems.inFileOrder().isEmpty(), problems.inFileOrder().toString());
    return bound.orElseThrow();
  }
}
