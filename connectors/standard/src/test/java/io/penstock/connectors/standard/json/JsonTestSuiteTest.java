package io.penstock.connectors.standard.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.penstock.api.data.Schema;
import io.penstock.api.format.Format;
import io.penstock.connectors.standard.Read;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Every file of JSONTestSuite, read as a document. */
class JsonTestSuiteTest {
  private static final String FOLDER = "/json-test-suite/";
  private static final JsonMapper ORACLE =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  @TestFactory
  List<DynamicTest> takesTheValidAndRefusesTheOthers() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (String name : names()) {
      if (name.startsWith("y_") || name.startsWith("n_")) {
        tests.add(DynamicTest.dynamicTest(name, () -> check(name)));
      }
    }
    return tests;
  }

  /** The two files of the suite that are too large to be kept. */
  @Test
  void refusesWhatIsNestedWithoutEnd() {
    Format format = new JsonFormat(JsonConfig.Layout.DOCUMENT, JsonConfig.Nulls.WRITE);

    for (String deep : List.of("[".repeat(100_000), "[{\"\":".repeat(50_000))) {
      Read read = Read.all(format, Schema.anything(), deep);

      assertEquals(
          List.of("D107 line 1: nested deeper than 1000, at byte " + at(deep) + " of the record"),
          read.bad());
    }
  }

  private static int at(String deep) {
    return deep.startsWith("[[") ? 1000 : 2500;
  }

  private static void check(String name) throws IOException {
    Format format = new JsonFormat(JsonConfig.Layout.DOCUMENT, JsonConfig.Nulls.WRITE);
    Read read = Read.all(format, Format.Decoding.of(Schema.anything()), bytes(name));

    boolean taken = name.startsWith("y_") && !name.contains("duplicated_key");
    assertEquals(taken ? 1 : 0, read.rows().size(), () -> String.valueOf(read.bad()));
    assertEquals(taken ? 0 : 1, read.bad().size());
    if (taken) {
      assertEquals(ORACLE.readTree(bytes(name)), ORACLE.readTree(read.rows().get(0)));
    }
  }

  private static List<String> names() throws IOException {
    try (InputStream folder = JsonTestSuiteTest.class.getResourceAsStream(FOLDER);
        BufferedReader names =
            new BufferedReader(new InputStreamReader(folder, StandardCharsets.UTF_8))) {
      return names.lines().filter(name -> name.endsWith(".json")).toList();
    }
  }

  private static byte[] bytes(String name) throws IOException {
    try (InputStream file = JsonTestSuiteTest.class.getResourceAsStream(FOLDER + name)) {
      return file.readAllBytes();
    }
  }
}
