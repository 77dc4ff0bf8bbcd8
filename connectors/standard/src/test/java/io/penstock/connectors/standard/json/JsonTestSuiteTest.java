package io.penstock.connectors.standard.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
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

/** Every file of JSONTestSuite, read as a document and as a member of records. */
class JsonTestSuiteTest {
  private static final String FOLDER = "/json-test-suite/";
  private static final Schema DECLARED = Schema.of(Field.optional("v", DataType.JSON));
  private static final Schema UNDECLARED = Schema.of(Field.optional("n", DataType.INT));
  private static final JsonMapper ORACLE =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  @TestFactory
  List<DynamicTest> takesTheValidAndRefusesTheOthers() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (String name : names()) {
      if (name.startsWith("y_") || name.startsWith("n_")) {
        tests.add(DynamicTest.dynamicTest(name, () -> check(name)));
        tests.add(DynamicTest.dynamicTest(name + " in records", () -> checkAsMember(name)));
        tests.add(DynamicTest.dynamicTest(name + " passed over", () -> checkPassedOver(name)));
      }
    }
    return tests;
  }

  @Test
  void hasAllFilesOfTheSuiteButTwo() throws IOException {
    assertEquals(95, names().stream().filter(name -> name.startsWith("y_")).count());
    assertEquals(186, names().stream().filter(name -> name.startsWith("n_")).count());
  }

  @Test
  void nestingWithoutEndLosesOneRecord() {
    for (String deep : List.of("[".repeat(100_000), "[{\"\":".repeat(50_000))) {
      for (Schema schema : List.of(Schema.anything(), DECLARED, UNDECLARED)) {
        byte[] lines = around("{\"v\":1}\n{\"v\":", deep.getBytes(ISO_8859_1), "}\n{\"v\":2}\n");
        Read read = read(JsonConfig.Layout.LINES, schema, lines);

        assertEquals(2, read.rows().size());
        assertEquals(1, read.bad().size());
        assertTrue(read.bad().get(0).startsWith("D107 line 2: nested deeper than 1000"));
      }
    }
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
    byte[] bytes = bytes(name);
    boolean taken = name.startsWith("y_") && !name.contains("duplicated_key");
    Read read = read(JsonConfig.Layout.DOCUMENT, Schema.anything(), bytes);

    assertEquals(taken ? 1 : 0, read.rows().size(), () -> String.valueOf(read.bad()));
    assertEquals(taken ? 0 : 1, read.bad().size());
    if (taken) {
      assertEquals(ORACLE.readTree(bytes), ORACLE.readTree(read.rows().get(0)));
    }
  }

  /** As the value of a member, between records that are read whatever it is. */
  private static void checkAsMember(String name) throws IOException {
    byte[] document = bytes(name);
    boolean taken = name.startsWith("y_") && !name.contains("duplicated_key");
    for (Schema schema : List.of(Schema.anything(), DECLARED)) {
      // A line feed ends a line; only documents without one are members of a record on a line.
      if (!new String(document, ISO_8859_1).contains("\n")) {
        byte[] lines = around("{\"v\":1}\n{\"v\":", document, "}\n{\"v\":2}\n");
        checkMember(read(JsonConfig.Layout.LINES, schema, lines), taken, document);
      }
      // What is broken may hide the end of its element, but not what came before.
      byte[] array = around("[{\"v\":1},{\"v\":", document, "},{\"v\":2}]");
      Read read = read(JsonConfig.Layout.ARRAY, schema, array);
      if (taken) {
        checkMember(read, true, document);
      } else {
        assertEquals("{\"v\":1}", read.rows().get(0));
        assertFalse(read.bad().isEmpty(), () -> name + read.rows());
      }
    }
  }

  /** As the value of a member that the schema does not have: only whether it is JSON counts. */
  private static void checkPassedOver(String name) throws IOException {
    byte[] document = bytes(name);
    if (!new String(document, ISO_8859_1).contains("\n")) {
      byte[] lines = around("{\"n\":1}\n{\"v\":", document, "}\n{\"n\":2}\n");
      Read read = read(JsonConfig.Layout.LINES, UNDECLARED, lines);

      boolean taken = name.startsWith("y_");
      assertEquals(taken ? 3 : 2, read.rows().size(), () -> read.rows() + " " + read.bad());
      assertEquals(taken ? 0 : 1, read.bad().size());
    }
  }

  private static void checkMember(Read read, boolean taken, byte[] document) {
    assertEquals(taken ? 3 : 2, read.rows().size(), () -> read.rows() + " " + read.bad());
    assertEquals(taken ? 0 : 1, read.bad().size(), () -> read.rows() + " " + read.bad());
    assertEquals("{\"v\":1}", read.rows().get(0));
    assertEquals("{\"v\":2}", read.rows().get(taken ? 2 : 1));
    if (taken) {
      assertEquals(ORACLE.readTree(document), ORACLE.readTree(read.rows().get(1)).path("v"));
    }
  }

  private static byte[] around(String before, byte[] document, String behind) {
    return (before + new String(document, ISO_8859_1) + behind).getBytes(ISO_8859_1);
  }

  private static Read read(JsonConfig.Layout layout, Schema schema, byte[] bytes) {
    Format format = new JsonFormat(layout, JsonConfig.Nulls.WRITE);
    return Read.all(format, Format.Decoding.of(schema), bytes);
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
