package io.penstock.core.expression.function;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.penstock.api.problem.ProblemCode;
import io.penstock.core.expression.EvaluationException;
import io.penstock.core.expression.useragent.UserAgents;
import io.penstock.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Consumer;
import javax.xml.stream.XMLInputFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The functions that take texts apart, over lines of files. */
class LinesTest {
  private static final long SEED = 20_260_102;
  private static final int ROUNDS = 4_000;

  static List<String[]> lines() throws IOException {
    List<String[]> cases = new ArrayList<>();
    for (String file : List.of("log/lines.txt", "encodings.txt")) {
      cases.addAll(lines(file));
    }
    return cases;
  }

  private static List<String[]> lines(String name) throws IOException {
    try (InputStream file = EvaluationException.class.getResourceAsStream(name)) {
      List<String> lines =
          new String(file.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .filter(line -> !line.isBlank() && !line.startsWith("##"))
              .toList();
      assertEquals(0, lines.size() % 3, name);
      List<String[]> cases = new ArrayList<>();
      for (int i = 0; i < lines.size(); i += 3) {
        cases.add(new String[] {lines.get(i), lines.get(i + 1), lines.get(i + 2)});
      }
      return cases;
    }
  }

  @ParameterizedTest
  @MethodSource("lines")
  void takesALineApart(String call, String text, String wanted) {
    String record = Json.object(Map.of("x", Json.ofText(unescaped(text)))).toText();
    String made = call.replace("$", "to_string(x)");

    if (wanted.startsWith("!")) {
      String said = Run.over(record, made);
      assertTrue(said.contains(wanted.substring(1, 5)), said);
      assertTrue(said.contains(wanted.substring(6)), said);
    } else {
      assertEquals(wanted, Run.over(record, "format_json(" + made + ")"));
    }
  }

  /** A text of the file; where it has several lines they stand behind each other. */
  private static String unescaped(String text) {
    return text.replace("⏎", "\n");
  }

  /** Every parser by its name. */
  static Map<String, Consumer<String>> parsers() {
    long around = 1_767_225_600_000_000L;
    Map<String, Consumer<String>> parsers = new LinkedHashMap<>();
    parsers.put("parse_syslog", t -> new SyslogText(t, ZoneOffset.UTC, around).read());
    parsers.put("parse_logfmt", Logs::parseLogfmt);
    parsers.put("parse_apache_log", Logs::parseApacheLog);
    parsers.put("parse_nginx_log", Logs::parseNginxLog);
    parsers.put("parse_apache_error_log", t -> ErrorLogText.apache(t, ZoneOffset.UTC));
    parsers.put("parse_nginx_error_log", t -> ErrorLogText.nginx(t, ZoneOffset.UTC));
    parsers.put("parse_cef", Logs::parseCef);
    parsers.put("parse_klog", t -> KlogText.read(t, ZoneOffset.UTC, around));
    XMLInputFactory factory = XmlText.factory();
    parsers.put("parse_xml", t -> XmlText.read(factory, t));
    parsers.put("parse_yaml", Documents::parseYaml);
    UserAgents agents = new UserAgents();
    parsers.put("parse_user_agent", agents::parts);
    parsers.put("parse_key_value", Encodings::parseKeyValue);
    parsers.put("parse_csv", Encodings::parseCsv);
    parsers.put("parse_url", Urls::parseUrl);
    parsers.put("parse_query", Urls::parseQuery);
    return parsers;
  }

  @Test
  void noParserFailsOtherwiseThanItSays() throws IOException {
    Map<String, Consumer<String>> parsers = parsers();
    for (String[] line : lines()) {
      String name = line[0].substring(0, line[0].indexOf('('));
      Consumer<String> parser = Objects.requireNonNull(parsers.get(name), name);
      Random chance = new Random(SEED);
      for (int i = 0; i < ROUNDS / 20; i++) {
        tryOut(name, parser, changed(unescaped(line[1]), chance));
      }
    }
    Random chance = new Random(SEED);
    for (Map.Entry<String, Consumer<String>> parser : parsers.entrySet()) {
      int rounds = parser.getKey().equals("parse_user_agent") ? ROUNDS / 20 : ROUNDS;
      for (int i = 0; i < rounds; i++) {
        byte[] bytes = new byte[chance.nextInt(60)];
        chance.nextBytes(bytes);
        tryOut(parser.getKey(), parser.getValue(), new String(bytes, StandardCharsets.UTF_8));
      }
    }
  }

  @Test
  void longTextsAreReadOrRefused() {
    for (String part :
        List.of("a", "\"", "\\\"", "[", "<", "a=", " a=\"\\\"", "|", "{a: ", "<a>")) {
      String text = part.repeat(200_000 / part.length());
      parsers().forEach((name, parser) -> tryOut(name, parser, text));
      parsers().forEach((name, parser) -> tryOut(name, parser, "<1>1 - - - - - [a b=\"" + text));
    }
  }

  @Test
  void documentsThatGrowOrReachOutAreRefused() {
    StringBuilder yaml = new StringBuilder("a0: &a0 [xxxxxxxxxxxxxxxx]\n");
    for (int i = 1; i < 40; i++) {
      yaml.append("a" + i + ": &a" + i + " [*a" + (i - 1) + ", *a" + (i - 1) + "]\n");
    }
    TextEdgesTest.assertCode(ProblemCode.D208, () -> Documents.parseYaml(yaml.toString()));
    TextEdgesTest.assertCode(
        ProblemCode.D205, () -> Documents.parseYaml("[".repeat(102) + "]".repeat(102)));
    TextEdgesTest.assertCode(
        ProblemCode.D205, () -> XmlText.read(XmlText.factory(), "<a>".repeat(200_000)));
  }

  @Test
  void unpacksAllMembersAndRefusesTheRest() {
    byte[] packed = Documents.gzip("abc".repeat(1000));
    byte[] twice = Arrays.copyOf(packed, packed.length * 2);
    System.arraycopy(packed, 0, twice, packed.length, packed.length);
    assertEquals(6000, Documents.gunzip(twice).length);
    assertEquals(0, Documents.gunzip(Documents.gzip("")).length);

    TextEdgesTest.assertCode(
        ProblemCode.D208, () -> Documents.gunzip(Documents.gzip(new byte[(16 << 20) + 1])));
    byte[] trailing = Arrays.copyOf(packed, packed.length + 1);
    TextEdgesTest.assertCode(ProblemCode.D205, () -> Documents.gunzip(trailing));
    Random chance = new Random(SEED);
    for (int i = 0; i < ROUNDS; i++) {
      byte[] changed = Arrays.copyOf(packed, chance.nextInt(packed.length) + 1);
      changed[chance.nextInt(changed.length)] ^= (byte) (1 << chance.nextInt(8));
      try {
        Documents.gunzip(changed);
      } catch (EvaluationException said) {
        assertEquals(ProblemCode.D205, said.code());
      }
    }
  }

  private static void tryOut(String name, Consumer<String> parser, String text) {
    try {
      parser.accept(text);
    } catch (EvaluationException said) {
      assertTrue(!said.text().isBlank(), name);
    } catch (RuntimeException | StackOverflowError bug) {
      String shown = text.length() > 300 ? text.substring(0, 300) + "..." : text;
      fail("seed " + SEED + ", " + name + "(" + Json.ofText(shown).toText() + ")", bug);
    }
  }

  private static String changed(String text, Random chance) {
    StringBuilder changed = new StringBuilder(text);
    for (int i = chance.nextInt(4); i >= 0; i--) {
      int at = chance.nextInt(changed.length() + 1);
      int to = Math.min(changed.length(), at + chance.nextInt(6));
      switch (chance.nextInt(5)) {
        case 0 -> changed.delete(at, to);
        case 1 -> changed.insert(at, "\"[]<>|=\\{}&*:%- \n".charAt(chance.nextInt(17)));
        case 2 -> changed.insert(at, changed.substring(at, to));
        case 3 -> changed.setLength(at);
        default -> changed.insert(at, (char) chance.nextInt(0x300));
      }
    }
    return changed.toString();
  }
}
