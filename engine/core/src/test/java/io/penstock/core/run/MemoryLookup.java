package io.penstock.core.run;

import io.penstock.api.data.BytesBuilder;
import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import io.penstock.api.lookup.Answers;
import io.penstock.api.lookup.KeyPart;
import io.penstock.api.lookup.Lookup;
import io.penstock.api.lookup.LookupConfig;
import io.penstock.api.lookup.LookupContext;
import io.penstock.api.lookup.LookupKeys;
import io.penstock.api.option.ExpressionText;
import io.penstock.api.problem.ProblemCode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Answers numbers out of a function: a word, {@code null} for nothing, {@code "!..."} for no
 * answer. It notes what it is asked for, answers from the last key to the first, and finds it when
 * two ask at once.
 */
final class MemoryLookup implements LookupConfig {
  static final Schema ANSWER = Schema.of(Field.of("word", DataType.STRING));

  private final LongFunction<@Nullable String> words;
  private final List<Long> asked = new ArrayList<>();
  private final AtomicInteger inside = new AtomicInteger();
  private final AtomicInteger opened = new AtomicInteger();
  private final AtomicInteger closed = new AtomicInteger();
  private boolean waits;

  MemoryLookup(LongFunction<@Nullable String> words) {
    this.words = words;
  }

  /** Never answers, but gives up when it is told to. */
  MemoryLookup thatWaits() {
    waits = true;
    return this;
  }

  synchronized List<Long> asked() {
    return List.copyOf(asked);
  }

  int opened() {
    return opened.get();
  }

  int closed() {
    return closed.get();
  }

  @Override
  public List<KeyPart> key() {
    return List.of(new KeyPart("n", ExpressionText.at("n", Pipelines.AT), false));
  }

  @Override
  public Lookup lookup() {
    return new Lookup() {
      private @Nullable LookupContext run;

      @Override
      public void open(LookupContext context) {
        run = context;
        opened.incrementAndGet();
      }

      @Override
      public void ask(LookupKeys keys, Answers into) throws IOException {
        if (inside.incrementAndGet() > 1) {
          throw new IOException("two ask at once");
        }
        LookupContext context = java.util.Objects.requireNonNull(run);
        long[] numbers = ((Column.Longs) keys.parts().get(0)).values();
        for (int key = keys.size() - 1; key >= 0; key--) {
          note(numbers[key]);
          while (waits && !context.isAbandoned()) {
            Thread.onSpinWait();
          }
          if (waits) {
            break;
          }
          answer(key, words.apply(numbers[key]), into);
        }
        inside.decrementAndGet();
      }

      @Override
      public void close() {
        closed.incrementAndGet();
      }
    };
  }

  private synchronized void note(long number) {
    asked.add(number);
  }

  private static void answer(int key, @Nullable String word, Answers into) {
    if (word == null) {
      into.missing(key);
    } else if (word.startsWith("!")) {
      // What was begun of an answer is forgotten.
      ((BytesBuilder) into.column(0)).add("half");
      into.failed(key, ProblemCode.D223, word.substring(1));
    } else {
      ((BytesBuilder) into.column(0)).add(word);
      into.found(key);
    }
  }
}
