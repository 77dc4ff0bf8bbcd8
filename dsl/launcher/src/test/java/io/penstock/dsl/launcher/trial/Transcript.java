package io.penstock.dsl.launcher.trial;

import static org.junit.jupiter.api.Assertions.assertFalse;

import io.penstock.dsl.launcher.trial.Terminal.Outcome;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Commands and what they print, as text: {@code $ validate pipeline.yaml}, then {@code exit 2},
 * then the output. Before a command stand variables, percent-encoded: {@code $ WHO=a%20b run ...}.
 * {@code $ cat FILE} and {@code $ list FOLDER} show what a run left.
 */
final class Transcript {
  private static final Pattern VARIABLE = Pattern.compile("([A-Z]+)=(\\S*) +(.*)");
  private static final Pattern FAILED_AT =
      Pattern.compile("(\"failed_at\\\\?\":\\\\?\")[^\"\\\\]*");
  private static final Pattern CODE = Pattern.compile("^\\S+  ([EWDR]\\d{3})  ", Pattern.MULTILINE);

  private Transcript() {}

  /** The commands of a text. */
  static List<String> commands(String text) {
    return text.lines().filter(l -> l.startsWith("$ ")).map(l -> l.substring(2)).toList();
  }

  /** The codes that a text shows, each as often as it stands there. */
  static List<String> codes(String text) {
    List<String> codes = new ArrayList<>();
    Matcher code = CODE.matcher(text);
    while (code.find()) {
      codes.add(code.group(1));
    }
    return codes;
  }

  /** Plays commands in a folder; the text that results. */
  static String play(List<String> commands, Path folder) throws IOException {
    StringBuilder text = new StringBuilder();
    for (String command : commands) {
      text.append("$ ").append(command).append('\n').append(play(command, folder));
    }
    return text.toString();
  }

  private static String play(String command, Path folder) throws IOException {
    if (command.startsWith("cat ")) {
      String text = Files.readString(folder.resolve(command.substring(4)));
      return FAILED_AT.matcher(text).replaceAll("$1TIME");
    }
    if (command.startsWith("list ")) {
      return Repository.files(folder.resolve(command.substring(5))).stream()
          .map(f -> folder.relativize(f) + "\n")
          .collect(Collectors.joining());
    }
    Map<String, String> environment = new HashMap<>();
    String rest = command;
    for (Matcher m = VARIABLE.matcher(rest); m.matches(); m = VARIABLE.matcher(rest)) {
      environment.put(m.group(1), URLDecoder.decode(m.group(2), StandardCharsets.UTF_8));
      rest = m.group(3);
    }
    Outcome outcome = new Terminal(folder, environment).run(rest.split(" "));
    assertFalse(outcome.showsInsides(), outcome::all);
    String out = FAILED_AT.matcher(outcome.out()).replaceAll("$1TIME");
    return "exit " + outcome.code() + "\n" + out + outcome.err();
  }
}
