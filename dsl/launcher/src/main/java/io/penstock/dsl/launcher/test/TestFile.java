package io.penstock.dsl.launcher.test;

import io.penstock.dsl.language.text.SourceText;
import java.util.List;

/**
 * A file of tests.
 *
 * @param pipeline the pipeline's path as written, relative to the test file
 */
record TestFile(SourceText text, String pipeline, List<TestCase> tests) {
  TestFile {
    tests = List.copyOf(tests);
  }
}
