package io.penstock.core.expression.yaml;

import io.penstock.api.problem.ProblemCode;
import io.penstock.core.expression.Conversions;
import io.penstock.core.expression.EvaluationException;
import io.penstock.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * Reads a document of YAML as a json value, from the parser's events: no tags, no merge keys, no
 * classes. Used once.
 */
public final class YamlText {
  private static final int MAX_DEPTH = 100;
  private static final int MAX_BYTES = 16 << 20;

  private final String text;
  private final ParserImpl parser;
  private final Map<String, Anchored> anchors = new HashMap<>();
  private long bytes;

  private YamlText(String text) {
    this.text = text;
    this.parser = new ParserImpl(new StreamReader(text), new LoaderOptions());
  }

  /** A value that can be put in once more, and how large it is. */
  private record Anchored(Json value, long bytes) {}

  /**
   * The value of the only document.
   *
   * @throws EvaluationException where the text is none
   */
  public static Json read(String text) {
    try {
      return new YamlText(text).document();
    } catch (MarkedYAMLException broken) {
      int line = broken.getProblemMark() == null ? 1 : broken.getProblemMark().getLine() + 1;
      throw wrong(text, broken.getProblem() + ", in line " + line);
    } catch (YAMLException broken) {
      throw wrong(text, "it holds characters that YAML does not have");
    }
  }

  private static EvaluationException wrong(String text, String why) {
    return new EvaluationException(
        ProblemCode.D205, "`" + Conversions.shown(text) + "` is no YAML: " + why);
  }

  private EvaluationException wrong(String why, Event at) {
    return wrong(text, why + ", in line " + (at.getStartMark().getLine() + 1));
  }

  private Json document() {
    parser.getEvent();
    if (!parser.checkEvent(Event.ID.DocumentStart)) {
      return Json.ofNull();
    }
    parser.getEvent();
    Json value = value(parser.getEvent(), 0);
    parser.getEvent();
    Event next = parser.getEvent();
    if (!next.is(Event.ID.StreamEnd)) {
      throw wrong("it has a second document", next);
    }
    return value;
  }

  private Json value(Event event, int depth) {
    if (depth > MAX_DEPTH) {
      throw wrong("it is nested deeper than 100", event);
    }
    if (event instanceof AliasEvent alias) {
      return again(alias);
    }
    refuseTags(event);
    long before = bytes;
    Json value;
    if (event instanceof ScalarEvent scalar) {
      grow(scalar.getValue().length());
      value = scalar.isPlain() ? plain(scalar) : Json.ofText(scalar.getValue());
    } else {
      grow(0);
      value = event.is(Event.ID.SequenceStart) ? list(depth) : object(depth);
    }
    String anchor = event instanceof NodeEvent node ? node.getAnchor() : null;
    if (anchor != null) {
      anchors.put(anchor, new Anchored(value, bytes - before));
    }
    return value;
  }

  /** Counts what the value takes, aliases each time. */
  private void grow(long more) {
    bytes += more + 8;
    if (bytes > MAX_BYTES) {
      throw new EvaluationException(ProblemCode.D208, "the value would be larger than 16 MiB");
    }
  }

  private Json again(AliasEvent alias) {
    Anchored anchored = anchors.get(alias.getAnchor());
    if (anchored == null) {
      throw wrong("`*" + alias.getAnchor() + "` names no value above", alias);
    }
    grow(anchored.bytes());
    return anchored.value();
  }

  private void refuseTags(Event event) {
    @Nullable String tag =
        event instanceof ScalarEvent scalar
            ? scalar.getTag()
            : event instanceof CollectionStartEvent collection ? collection.getTag() : null;
    if (tag != null) {
      throw wrong("the tag `" + tag + "` is not read", event);
    }
  }

  private Json list(int depth) {
    List<Json> elements = new ArrayList<>();
    Event next = parser.getEvent();
    while (!next.is(Event.ID.SequenceEnd)) {
      elements.add(value(next, depth + 1));
      next = parser.getEvent();
    }
    return Json.list(elements);
  }

  private Json object(int depth) {
    Map<String, Json> members = new LinkedHashMap<>();
    Event next = parser.getEvent();
    while (!next.is(Event.ID.MappingEnd)) {
      String key = key(next);
      if (members.containsKey(key)) {
        throw wrong("the key `" + Conversions.shown(key) + "` stands twice", next);
      }
      members.put(key, value(parser.getEvent(), depth + 1));
      next = parser.getEvent();
    }
    return Json.object(members);
  }

  private String key(Event event) {
    refuseTags(event);
    if (!(event instanceof ScalarEvent scalar)) {
      throw wrong("a key is no text", event);
    }
    if (scalar.isPlain() && scalar.getValue().equals("<<")) {
      throw wrong("the merge key `<<` is not read", event);
    }
    if (scalar.getAnchor() != null) {
      anchors.put(
          scalar.getAnchor(),
          new Anchored(Json.ofText(scalar.getValue()), scalar.getValue().length()));
    }
    grow(scalar.getValue().length());
    return scalar.getValue();
  }

  private Json plain(ScalarEvent scalar) {
    return YamlScalar.of(scalar.getValue())
        .orElseThrow(() -> wrong("`" + scalar.getValue() + "` is no number of JSON", scalar));
  }
}
