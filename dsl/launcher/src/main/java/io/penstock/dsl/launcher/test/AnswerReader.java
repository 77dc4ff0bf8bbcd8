package io.penstock.dsl.launcher.test;

import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import io.penstock.api.format.TextTypes;
import io.penstock.api.lookup.KeyPart;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.problem.Problems;
import io.penstock.core.logical.Operation;
import io.penstock.dsl.language.syntax.Mapping;
import io.penstock.dsl.language.syntax.Scalar;
import io.penstock.dsl.language.syntax.Sequence;
import io.penstock.dsl.language.syntax.SyntaxNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what a test lets a lookup find, typed by the lookup. */
final class AnswerReader {
  private static final Set<String> WORDS = Set.of("for", "answer", "fails");
  private static final String FORM =
      "write it as `{ for: { email: ann@example.com }, answer: { name: Ann } }`, or with"
          + " `fails: why` in place of `answer`";

  private final List<String> names;
  private final EntryReader keys;
  private final EntryReader answers;
  private final Problems problems;

  AnswerReader(Operation.OutsideLookup lookup, Problems problems) {
    this.problems = problems;
    this.names = lookup.outside().key().stream().map(KeyPart::name).toList();
    List<Field> parts = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      if (names.indexOf(names.get(i)) == i) {
        parts.add(new Field(names.get(i), lookup.key().get(i).type().asOptional()));
      }
    }
    this.keys = reader(Schema.of(parts), TextTypes.standard());
    this.answers = reader(lookup.answer().schema(), lookup.answer().types());
  }

  private EntryReader reader(Schema schema, TextTypes types) {
    return new EntryReader(schema, types, false, false, problems);
  }

  List<GivenAnswer> read(Sequence given) {
    List<GivenAnswer> read = new ArrayList<>();
    for (SyntaxNode node : given.elements()) {
      one(node).ifPresent(read::add);
    }
    return read;
  }

  private Optional<GivenAnswer> one(SyntaxNode node) {
    if (!(node instanceof Mapping mapping)
        || !mapping.entries().stream().allMatch(entry -> WORDS.contains(entry.name()))
        || !(mapping.value("for").orElse(node) instanceof Mapping asked)
        || asked == mapping
        || mapping.entries().size() != 2) {
      problems.add(
          ProblemCode.E104,
          node.origin(),
          "what a lookup finds must be a map of `for`, and of `answer` or `fails`",
          FORM);
      return Optional.empty();
    }
    @Nullable Object[] key = key(asked);
    SyntaxNode said = mapping.value("answer").or(() -> mapping.value("fails")).orElseThrow();
    if (mapping.value("fails").isPresent() && said instanceof Scalar why) {
      return Optional.of(new GivenAnswer(key, Optional.empty(), Optional.of(why.text())));
    }
    if (mapping.value("answer").isPresent() && said instanceof Mapping fields) {
      Entry.Row row = new Entry.Row(answers.row(fields));
      return Optional.of(new GivenAnswer(key, Optional.of(row), Optional.empty()));
    }
    problems.add(
        ProblemCode.E104,
        said.origin(),
        "`answer` must be a row and `fails` a text, not " + said.kind(),
        FORM);
    return Optional.empty();
  }

  /** The values of the key's parts; one that is used twice is written once. */
  private @Nullable Object[] key(Mapping asked) {
    @Nullable Object[] written = keys.row(asked);
    List<String> distinct = names.stream().distinct().toList();
    @Nullable Object[] key = new Object[names.size()];
    for (int i = 0; i < key.length; i++) {
      key[i] = written[distinct.indexOf(names.get(i))];
    }
    return key;
  }
}
