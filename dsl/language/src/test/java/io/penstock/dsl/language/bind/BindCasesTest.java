package io.penstock.dsl.language.bind;

import io.penstock.api.problem.Problems;
import io.penstock.dsl.language.Cases;
import io.penstock.dsl.language.emission.EmitCatalogue;
import io.penstock.dsl.language.option.Components;
import io.penstock.dsl.language.schedule.ScheduleCatalogue;
import io.penstock.dsl.language.text.SourceText;
import io.penstock.dsl.language.transform.TransformCatalogue;
import io.penstock.dsl.language.transform.TransformConfig;
import io.penstock.dsl.language.window.WindowCatalogue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

final class BindCasesTest {
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "SET",
          "value",
          "INJECTED",
          "\": x\n- {a: b}",
          "NUMBER",
          "12",
          "EMPTY",
          "",
          "BRACES",
          "{x}");

  @TestFactory
  Stream<DynamicTest> reportsWhatIsNotAsDeclared() throws IOException {
    return Cases.of("bind", BindCasesTest::bind);
  }

  static Optional<BoundPipeline> bind(Path file, Problems problems) {
    Components components =
        Components.of(
            List.of(
                new TestCatalogue(),
                new TransformCatalogue(),
                new ScheduleCatalogue(),
                new WindowCatalogue(),
                new EmitCatalogue()));

    try {
      return SourceText.read(file.getFileName().toString(), Files.readAllBytes(file), problems)
          .flatMap(
              text ->
                  new PipelineBinder(components, TransformConfig.class)
                      .bind(
                          new BindRequest(
                              text,
                              Map.of(),
                              name -> Optional.ofNullable(ENVIRONMENT.get(name)),
                              path -> {
                                Path used = file.resolveSibling(path);
                                if (!Files.exists(used)) {
                                  throw new IOException("no such file");
                                }
                                return Files.readAllBytes(used);
                              }),
                          problems));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
