package io.penstock.dsl.launcher.problems;

import java.util.ArrayList;
import java.util.List;

/** A JUnit XML document. Single-threaded. */
public final class JunitXml {
  private final String suite;
  private final List<Case> cases = new ArrayList<>();

  public JunitXml(String suite) {
    this.suite = suite;
  }

  /** A test case, passed unless it says otherwise. */
  public Case testCase(String className, String name) {
    Case added = new Case(className, name);
    cases.add(added);
    return added;
  }

  /** The document. */
  public String document() {
    long failures = cases.stream().filter(c -> !c.failure.isEmpty()).count();
    StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    xml.append("<testsuite name=\"").append(escaped(suite));
    xml.append("\" tests=\"").append(cases.size());
    xml.append("\" failures=\"").append(failures).append("\" errors=\"0\" skipped=\"0\">\n");
    cases.forEach(c -> c.append(xml));
    return xml.append("</testsuite>\n").toString();
  }

  /** One test. Single-threaded. */
  public static final class Case {
    private final String className;
    private final String name;
    private String failure = "";
    private String details = "";
    private String output = "";

    private Case(String className, String name) {
      this.className = className;
      this.name = name;
    }

    /** Says that it failed. */
    public void failure(String message, String text) {
      failure = message.isEmpty() ? "failed" : message;
      details = text;
    }

    /** What it printed. */
    public void output(String text) {
      output = text;
    }

    private void append(StringBuilder xml) {
      xml.append("  <testcase classname=\"").append(escaped(className));
      xml.append("\" name=\"").append(escaped(name)).append('"');
      if (failure.isEmpty() && output.isEmpty()) {
        xml.append("/>\n");
        return;
      }
      xml.append(">\n");
      if (!failure.isEmpty()) {
        xml.append("    <failure message=\"").append(escaped(failure)).append("\">");
        xml.append(escaped(details)).append("</failure>\n");
      }
      if (!output.isEmpty()) {
        xml.append("    <system-out>").append(escaped(output)).append("</system-out>\n");
      }
      xml.append("  </testcase>\n");
    }
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '&' -> escaped.append("&amp;");
                case '"' -> escaped.append("&quot;");
                default -> escaped.appendCodePoint(isXml(c) ? c : 0xfffd);
              }
            });
    return escaped.toString();
  }

  private static boolean isXml(int c) {
    return c == '\n' || c == '\t' || (c >= 0x20 && c != 0xfffe && c != 0xffff && !isSurrogate(c));
  }

  private static boolean isSurrogate(int c) {
    return c >= 0xd800 && c <= 0xdfff;
  }
}
