package io.penstock.dsl.language.syntax;

import io.penstock.api.problem.Origin;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.problem.Problems;
import io.penstock.dsl.language.text.SourceText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/** Builds nodes from the parser's events and holds the limits while it does. */
final class TreeBuilder {
  private static final long MOST_NODES = 100_000;
  private static final int MOST_ALIASES = 1_000;
  private static final int DEEPEST = 50;
  private static final Pattern READS_AS_VALUE =
      Pattern.compile(
          "|~|[tT]rue|TRUE|[fF]alse|FALSE|[nN]ull|NULL|[-+]?[0-9][0-9_]*(\\.[0-9_]*)?([eE][-+]?[0-9]+)?"
              + "|[-+]?\\.[0-9]+([eE][-+]?[0-9]+)?|0[xob][0-9a-fA-F_]+|[-+]?\\.(inf|Inf|INF|nan|NaN|NAN)");

  private final SourceText text;
  private final String readable;
  private final List<Span> broken;
  private final Problems problems;
  private final ParserImpl parser;
  private final CodePoints indexes;
  private final Map<String, Anchored> anchors = new HashMap<>();
  private long nodes;
  private int aliases;
  private int depth;
  private int lastRead;

  TreeBuilder(SourceText text, String readable, List<Span> broken, Problems problems) {
    this.text = text;
    this.readable = readable;
    this.broken = broken;
    this.problems = problems;
    this.parser = new ParserImpl(new StreamReader(readable), new LoaderOptions());
    this.indexes = new CodePoints(readable);
  }

  /** An anchored node; the node is absent while it is being read. */
  private static final class Anchored {
    private Optional<Sized> node = Optional.empty();
    private boolean used;
    private final Origin origin;

    Anchored(Origin origin) {
      this.origin = origin;
    }
  }

  /** A node, how many nodes it is with its aliases written out, and the part of the text it is. */
  record Sized(SyntaxNode node, long size, Span span, boolean alias) {}

  Optional<SyntaxNode> build() {
    expect(Event.ID.StreamStart);
    if (next().is(Event.ID.StreamEnd)) {
      problems.add(SyntaxTree.empty(text));
      return Optional.empty();
    }
    parser.getEvent();
    SyntaxNode root = node().node();
    expect(Event.ID.DocumentEnd);
    Event after = next();
    if (!after.is(Event.ID.StreamEnd)) {
      Origin at = origin(after);
      problems.add(
          ProblemCode.E006,
          at.length(3),
          "a second YAML document begins in line " + at.line() + "; one file is one pipeline",
          "remove the `---`, or make it a file of its own");
      return Optional.empty();
    }
    anchors.forEach(this::checkAnchor);
    return Optional.of(root);
  }

  /** Where the last key or value began that was read. */
  Origin lastRead() {
    return text.origin(lastRead, 1);
  }

  private Event next() {
    return parser.peekEvent();
  }

  private void expect(Event.ID id) {
    Event event = parser.getEvent();
    if (!event.is(id)) {
      throw new AssertionError(event + " in place of " + id);
    }
  }

  private Sized node() {
    Event event = parser.getEvent();
    if (event instanceof AliasEvent alias) {
      return alias(alias);
    }
    NodeEvent begins = (NodeEvent) event;
    lastRead = index(event.getStartMark());
    Optional<Anchored> anchored =
        Optional.ofNullable(begins.getAnchor()).map(name -> anchor(name, begins));
    Sized read = begins instanceof ScalarEvent scalar ? scalar(scalar) : collection(begins);
    anchored.ifPresent(a -> a.node = Optional.of(read));
    count(read.size(), read.node().origin());
    return read;
  }

  private Anchored anchor(String name, NodeEvent event) {
    Origin at = origin(event).length(name.length() + 1);
    Anchored anchored = new Anchored(at);
    anchors.put(name, anchored);
    return anchored;
  }

  private void checkAnchor(String name, Anchored anchored) {
    boolean empty =
        anchored.node.isPresent()
            && anchored.node.get().node() instanceof Scalar scalar
            && scalar.isNull();
    if (empty && !anchored.used) {
      problems.add(
          ProblemCode.E026,
          anchored.origin,
          "`&" + name + "` is a YAML anchor here, and the value is empty",
          "quote the value: `\"&" + name + "\"`");
    }
  }

  private Sized alias(AliasEvent event) {
    String name = event.getAnchor();
    Origin at = origin(event).length(name.length() + 1);
    if (++aliases > MOST_ALIASES) {
      limit(at, "the file uses more than " + MOST_ALIASES + " aliases");
    }
    Anchored anchored = anchors.get(name);
    if (anchored == null) {
      problems.add(
          ProblemCode.E026,
          at,
          "`*" + name + "` is a YAML alias, and there is no anchor `&" + name + "`",
          "quote the value, if it is no alias");
      return broken(at, span(event));
    }
    anchored.used = true;
    if (anchored.node.isEmpty()) {
      problems.add(
          ProblemCode.E010,
          at,
          "the alias `*" + name + "` stands inside the value that it names",
          "write the inner value out");
      return broken(at, span(event));
    }
    Sized target = anchored.node.get();
    count(target.size(), at);
    return new Sized(target.node(), target.size(), span(event), true);
  }

  /** Nodes are counted when they end; one that is already too large ends the reading. */
  private void count(long size, Origin at) {
    nodes++;
    if (nodes > MOST_NODES || size > MOST_NODES) {
      limit(at, "the file has more than " + MOST_NODES + " nodes, aliases written out");
    }
  }

  private void limit(Origin at, String what) {
    problems.add(
        ProblemCode.E002, at, what, "move shared pieces into `chains:` or files for `use:`");
    throw new LimitPassed();
  }

  private Sized broken(Origin at, Span span) {
    return new Sized(
        new Scalar("", Scalar.Style.BROKEN, at, (offset, length) -> at), 1, span, false);
  }

  private Sized scalar(ScalarEvent event) {
    Span span = content(event);
    Origin at = text.origin(span.from(), span.to() - span.from());
    if (broken.stream().anyMatch(b -> b.holds(span.from())) || tagged(event, event.getTag())) {
      return broken(at, span);
    }
    Scalar.Style style =
        switch (event.getScalarStyle()) {
          case DOUBLE_QUOTED -> Scalar.Style.DOUBLE_QUOTED;
          case SINGLE_QUOTED -> Scalar.Style.SINGLE_QUOTED;
          case LITERAL -> Scalar.Style.LITERAL;
          case FOLDED -> Scalar.Style.FOLDED;
          case PLAIN, JSON_SCALAR_STYLE -> Scalar.Style.PLAIN;
        };
    String value = event.getValue();
    ScalarPlaces places = new ScalarPlaces(text, style, span, value);
    return new Sized(new Scalar(value, style, at, places), 1, span, false);
  }

  private Sized collection(NodeEvent event) {
    if (++depth > DEEPEST) {
      limit(origin(event), "the file is nested more than " + DEEPEST + " deep");
    }
    CollectionStartEvent start = (CollectionStartEvent) event;
    boolean tagged = tagged(event, start.getTag());
    Sized read = event.is(Event.ID.MappingStart) ? mapping(start) : sequence(start);
    depth--;
    return tagged ? broken(read.node().origin(), read.span()) : read;
  }

  private Sized sequence(CollectionStartEvent start) {
    List<Sized> elements = new ArrayList<>();
    long size = 1;
    while (!next().is(Event.ID.SequenceEnd)) {
      Sized element = node();
      elements.add(element);
      size += element.size();
    }
    Span span = ended(start);
    List<Sized> mended = start.isFlow() ? commas().inSequence(elements) : elements;
    List<SyntaxNode> list = mended.stream().map(Sized::node).toList();
    return new Sized(new Sequence(list, origin(span)), size, span, false);
  }

  private Sized mapping(CollectionStartEvent start) {
    List<Sized> keys = new ArrayList<>();
    List<Sized> values = new ArrayList<>();
    long size = 1;
    while (!next().is(Event.ID.MappingEnd)) {
      Sized key = node();
      Sized value = node();
      keys.add(key);
      values.add(value);
      size += key.size() + value.size();
    }
    Span span = ended(start);
    if (start.isFlow()) {
      commas().inMapping(keys, values);
    }
    return new Sized(new Mapping(entries(keys, values), origin(span)), size, span, false);
  }

  private FlowCommas commas() {
    return new FlowCommas(text, problems);
  }

  private List<Mapping.Entry> entries(List<Sized> keys, List<Sized> values) {
    Map<String, Mapping.Entry> entries = new LinkedHashMap<>();
    for (int i = 0; i < keys.size(); i++) {
      Optional<Scalar> key = key(keys.get(i));
      if (key.isEmpty()) {
        continue;
      }
      Mapping.Entry entry = new Mapping.Entry(key.get(), values.get(i).node());
      Mapping.Entry first = entries.putIfAbsent(entry.name(), entry);
      if (first != null) {
        problems.add(
            ProblemCode.E007,
            entry.key().origin(),
            "`"
                + entry.name()
                + "` stands twice in the same map, here and in line "
                + first.key().origin().line(),
            "remove one of the two, or give it another name");
      }
    }
    return List.copyOf(entries.values());
  }

  private Optional<Scalar> key(Sized sized) {
    if (!(sized.node() instanceof Scalar key)) {
      problems.add(
          ProblemCode.E011,
          sized.node().origin(),
          "a key must be a name, not " + sized.node().kind(),
          "put quotes around a text that begins with a brace or a bracket");
      return Optional.empty();
    }
    if (key.isBroken()) {
      return Optional.empty();
    }
    boolean plain = key.style() == Scalar.Style.PLAIN;
    if (plain && key.text().equals("<<")) {
      problems.add(
          ProblemCode.E009,
          key.origin(),
          "the merge key `<<` is not read",
          "keep shared pieces in `chains:`, `connections:` or `schemas:`, and bring them in from other files with `use:`");
      return Optional.empty();
    }
    if (plain && READS_AS_VALUE.matcher(key.text()).matches()) {
      problems.add(
          ProblemCode.E011,
          key.origin(),
          "the key `"
              + key.text()
              + "` reads as a number, true, false or null; a key must be a name",
          "quote it: `\"" + key.text() + "\"`");
      return Optional.empty();
    }
    return Optional.of(key);
  }

  private boolean tagged(NodeEvent event, String tag) {
    if (tag == null) {
      return false;
    }
    Origin at = origin(event);
    String line = text.line(at.line());
    int from = line.offsetByCodePoints(0, at.column() - 1);
    int bang = line.indexOf('!', from);
    int end = bang < 0 ? from : bang;
    while (end < line.length() && !Character.isWhitespace(line.charAt(end))) {
      end++;
    }
    String written = bang < 0 ? tag : line.substring(bang, end);
    Origin place = bang < 0 ? at : text.origin(text.index(at.line(), 1) + bang, end - bang);
    boolean local = written.length() > 1 && Character.isLetter(written.charAt(1));
    if (local) {
      problems.add(
          ProblemCode.E026,
          place,
          "`" + written + "` is a YAML tag, and tags are not allowed",
          "write `not " + written.substring(1) + "` for a negation, or quote the value");
    } else {
      problems.add(
          ProblemCode.E008,
          place,
          "the YAML tag `" + written + "` is not allowed",
          "remove it; the option says what a value means");
    }
    return true;
  }

  private Span ended(CollectionStartEvent start) {
    Event end = parser.getEvent();
    int from = index(start.getStartMark());
    return new Span(from, Math.max(from + 1, index(end.getEndMark())));
  }

  /** The part of the text that a scalar is, without its anchor. */
  private Span content(ScalarEvent event) {
    Span whole = span(event);
    int from = whole.from();
    while (from < whole.to() && (readable.charAt(from) == '&' || readable.charAt(from) == '!')) {
      while (from < whole.to() && !Character.isWhitespace(readable.charAt(from))) {
        from++;
      }
      from = skipBlanks(from, whole.to());
    }
    return new Span(from, whole.to());
  }

  private int skipBlanks(int start, int end) {
    int from = start;
    boolean comment = false;
    while (from < end
        && (comment
            || readable.charAt(from) == '#'
            || Character.isWhitespace(readable.charAt(from)))) {
      char c = readable.charAt(from);
      comment = c == '#' || comment && c != '\n' && c != '\r';
      from++;
    }
    return from;
  }

  private Span span(Event event) {
    int from = index(event.getStartMark());
    return new Span(from, Math.max(from, index(event.getEndMark())));
  }

  private Origin origin(Event event) {
    return origin(span(event));
  }

  private Origin origin(Span span) {
    return text.origin(span.from(), span.to() - span.from());
  }

  private int index(Mark mark) {
    return indexes.index(mark.getIndex());
  }
}
