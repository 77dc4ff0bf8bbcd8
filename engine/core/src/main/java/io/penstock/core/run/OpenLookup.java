package io.penstock.core.run;

import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.api.lookup.Lookup;
import io.penstock.api.lookup.LookupContext;
import io.penstock.api.lookup.LookupKeys;
import io.penstock.api.problem.PipelineException;
import io.penstock.core.logical.LogicalNode;
import io.penstock.core.logical.Operation;
import io.penstock.core.operator.Answer;
import io.penstock.core.operator.AnswerSheet;
import io.penstock.core.operator.Broken;
import io.penstock.core.operator.Outside;
import io.penstock.core.operator.RememberedAnswers;
import io.penstock.core.runner.RunRequest;
import io.penstock.core.system.CagedFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * An outside system that a step asks, with the answers that it remembers. Thread-safe by a lock:
 * the tasks of the step ask one after the other, so that no more is under way than the step allows.
 */
final class OpenLookup implements Outside, AutoCloseable {
  private final ReentrantLock lock = new ReentrantLock();
  private final LogicalNode node;
  private final Operation.OutsideLookup asked;
  private final List<DataType> types;
  private final Lookup lookup;
  private final LookupContext context;
  private final Optional<RememberedAnswers> remembered;

  private OpenLookup(
      LogicalNode node, Operation.OutsideLookup asked, Lookup lookup, LookupContext context) {
    this.node = node;
    this.asked = asked;
    this.types = asked.key().stream().map(part -> part.type().type()).toList();
    this.lookup = lookup;
    this.context = context;
    this.remembered =
        asked.asking().remember().map(good -> new RememberedAnswers(types, good.toNanos()));
  }

  /**
   * Opens it.
   *
   * @param abandoned whether the run is to end at once
   */
  static OpenLookup open(
      LogicalNode node,
      Operation.OutsideLookup asked,
      RunRequest request,
      BooleanSupplier abandoned) {
    LookupContext context =
        new LookupContext(
            node.step(),
            asked.answer().schema(),
            request.disk(),
            new CagedFiles(request.disk(), request.root(), request.confine(), node.origin()),
            request.clock(),
            request.scheduler(),
            asked.asking().limits(),
            abandoned);
    Lookup lookup = asked.outside().lookup();
    try {
      lookup.open(context);
    } catch (IOException met) {
      throw closed(lookup, Broken.lookup(node, met));
    } catch (PipelineException said) {
      throw closed(lookup, Broken.placed(node, said));
    }
    return new OpenLookup(node, asked, lookup, context);
  }

  /** Closes what was opened in part. */
  private static PipelineException closed(Lookup lookup, PipelineException why) {
    try {
      lookup.close();
    } catch (IOException also) {
      why.addSuppressed(also);
    }
    return why;
  }

  @Override
  public List<Answer> ask(Column[] keys, int count) {
    lock.lock();
    try {
      return remembered.isEmpty() ? fresh(keys, count) : remembering(remembered.get(), keys, count);
    } finally {
      lock.unlock();
    }
  }

  private List<Answer> remembering(RememberedAnswers known, Column[] keys, int count) {
    List<Answer> answers = new ArrayList<>();
    int[] unknown = new int[count];
    int left = 0;
    long now = context.clock().nanos();
    for (int row = 0; row < count; row++) {
      Optional<Answer> answer = known.find(keys, row, now);
      answers.add(answer.orElseGet(Answer.Missing::new));
      if (answer.isEmpty()) {
        unknown[left++] = row;
      }
    }
    if (left == 0) {
      return answers;
    }
    Column[] asking = new Column[keys.length];
    for (int i = 0; i < keys.length; i++) {
      asking[i] = keys[i].gather(unknown, left);
    }
    List<Answer> said = fresh(asking, left);
    long then = context.clock().nanos();
    for (int i = 0; i < left; i++) {
      answers.set(unknown[i], said.get(i));
      known.add(asking, i, said.get(i), then);
    }
    return answers;
  }

  private List<Answer> fresh(Column[] keys, int count) {
    AnswerSheet sheet = new AnswerSheet(asked.answer(), asked.outside().format(), count);
    try {
      lookup.ask(new LookupKeys(count, types, List.of(keys)), sheet);
    } catch (IOException met) {
      throw Broken.lookup(node, met);
    } catch (PipelineException said) {
      throw Broken.placed(node, said);
    }
    if (!sheet.isWhole() && context.isAbandoned()) {
      throw new AbandonedException();
    }
    return sheet.answers();
  }

  @Override
  public void close() throws IOException {
    lookup.close();
  }
}
