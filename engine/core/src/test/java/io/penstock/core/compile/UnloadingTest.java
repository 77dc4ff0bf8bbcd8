package io.penstock.core.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Classes go when the pipelines that used them have gone. */
final class UnloadingTest {
  private static final int COUNT = 20_000;

  @Test
  void twentyThousandClassesFitIntoLittleMemory() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:MaxMetaspaceSize=64m",
                "-XX:TieredStopAtLevel=1",
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                ManyClasses.class.getName(),
                Integer.toString(COUNT))
            .redirectErrorStream(true)
            .start();

    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertEquals(0, process.waitFor(), said);
    assertEquals(COUNT + " classes, sum " + (COUNT * (COUNT + 1L) / 2), said.strip());
  }
}
