package io.penstock.dsl.language.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.dsl.language.bind.TestCatalogue;
import io.penstock.dsl.language.emission.EmitCatalogue;
import io.penstock.dsl.language.option.Components;
import io.penstock.dsl.language.schedule.ScheduleCatalogue;
import io.penstock.dsl.language.transform.TransformCatalogue;
import io.penstock.dsl.language.transform.TransformConfig;
import io.penstock.dsl.language.window.WindowCatalogue;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ReferenceTest {
  private static final Components COMPONENTS =
      Components.of(
          List.of(
              new TestCatalogue(),
              new TransformCatalogue(),
              new ScheduleCatalogue(),
              new WindowCatalogue(),
              new EmitCatalogue()));
  private static final FunctionPage UPPER =
      new FunctionPage(
          "Text", "upper", "upper(string) -> string", "Upper case.", List.of("upper('a') = 'A'"));

  @Test
  void showsAComponentWithItsOptions() {
    assertEquals(
        """
        ### sink `api`

        Calls a server.

        ```yaml
        api: { url: "http://x" }
        ```

        | option | value | default | |
        |---|---|---|---|
        | `url` | template | required | Where. |
        | `key` | text |  | The key. Secret. |
        | `in_flight` | whole number from 1 to 1024 | `8` | At once. |
        | `tries` | whole number |  | Tries. |
        | `timeout` | duration | `30s` | How long. |
        | `share` | share |  | The part. |
        | `zone` | zone |  | The zone. |
        | `wait` | `true`, `false` | `false` | Wait. |
        | `then` | `keep`, `drop_all` | `keep` | What then. |
        | `retry` | options |  | Again. |
        | `retry.first` (main) | duration | `200ms` | The first wait. |
        | `retry.at_most` | duration | required | The longest wait. |
        | `give_up_on` | list of whole number |  | A list. |
        """,
        Reference.page(COMPONENTS, TransformConfig.class, List.of(), "api").orElseThrow());
  }

  @Test
  void findsFunctionsAndCodes() {
    assertTrue(page("upper").contains("upper('a') = 'A'"));
    assertTrue(page("E007").contains("A key stands twice"));
    assertTrue(Reference.page(COMPONENTS, TransformConfig.class, List.of(), "none").isEmpty());
  }

  @Test
  void holdsEverythingInOneDocument() {
    String all = Reference.of(COMPONENTS, TransformConfig.class, List.of(UPPER));

    for (String heading :
        List.of(
            "## Sources",
            "### `generator`",
            "## Transforms",
            "### `choose`",
            "## Sinks",
            "## Formats",
            "### Text",
            "## Codes")) {
      assertTrue(all.contains("\n" + heading + "\n"), heading);
    }
  }

  private static String page(String name) {
    return Reference.page(COMPONENTS, TransformConfig.class, List.of(UPPER), name).orElseThrow();
  }
}
