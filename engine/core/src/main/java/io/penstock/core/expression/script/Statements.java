package io.penstock.core.expression.script;

import io.penstock.core.expression.script.Run.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.commons.jexl3.parser.ASTBlock;
import org.apache.commons.jexl3.parser.ASTBreak;
import org.apache.commons.jexl3.parser.ASTContinue;
import org.apache.commons.jexl3.parser.ASTDoWhileStatement;
import org.apache.commons.jexl3.parser.ASTForeachStatement;
import org.apache.commons.jexl3.parser.ASTIdentifier;
import org.apache.commons.jexl3.parser.ASTIfStatement;
import org.apache.commons.jexl3.parser.ASTRangeNode;
import org.apache.commons.jexl3.parser.ASTReference;
import org.apache.commons.jexl3.parser.ASTReturnStatement;
import org.apache.commons.jexl3.parser.ASTVar;
import org.apache.commons.jexl3.parser.ASTWhileStatement;
import org.apache.commons.jexl3.parser.JexlNode;
import org.jspecify.annotations.Nullable;

/** What a script does in which order. Each turn of a loop is a step, also of an empty one. */
final class Statements {
  /** The parts that {@code for (;;)} has, as the parser tells them. */
  private static final int HAS_START = 1;

  private static final int HAS_CONDITION = 2;
  private static final int HAS_NEXT = 4;
  private static final int HAS_BODY = 8;

  private final ScriptCompiler compiler;
  private final Scopes scopes;

  Statements(ScriptCompiler compiler, Scopes scopes) {
    this.compiler = compiler;
    this.scopes = scopes;
  }

  void addTo(Map<Class<?>, Function<JexlNode, Code>> makers) {
    makers.put(ASTBlock.class, this::block);
    makers.put(ASTIfStatement.class, this::choice);
    makers.put(ASTWhileStatement.class, this::whileLoop);
    makers.put(ASTDoWhileStatement.class, this::doLoop);
    makers.put(ASTForeachStatement.class, node -> forLoop((ASTForeachStatement) node));
    makers.put(ASTReturnStatement.class, this::returning);
    makers.put(ASTBreak.class, node -> signal(Signal.BREAK));
    makers.put(ASTContinue.class, node -> signal(Signal.CONTINUE));
  }

  /** The children one after the other; the value is the last one's. */
  Code sequence(JexlNode node) {
    List<Code> codes = new ArrayList<>();
    for (int i = 0; i < node.jjtGetNumChildren(); i++) {
      codes.add(compiler.code(node.jjtGetChild(i)));
    }
    Code[] all = codes.toArray(Code[]::new);
    Place place = compiler.place(node);
    return run -> {
      Object value = null;
      for (int i = 0; i < all.length && run.signal == Signal.NONE; i++) {
        step(run, place);
        value = all[i].run(run);
      }
      return value;
    };
  }

  private static void step(Run run, Place place) {
    try {
      run.budget.step();
    } catch (ScriptFailure failure) {
      throw failure.at(place);
    }
  }

  private Code block(JexlNode node) {
    scopes.openBlock();
    Code code = sequence(node);
    scopes.closeBlock();
    return code;
  }

  private Code condition(JexlNode node) {
    return Truth.condition(compiler.code(node), compiler.place(node));
  }

  /** Pairs of a condition and a statement; a last one without condition is `else`. */
  private Code choice(JexlNode node) {
    int count = node.jjtGetNumChildren();
    Code[] codes = new Code[count];
    for (int i = 0; i < count; i++) {
      boolean condition = i % 2 == 0 && i < count - 1;
      JexlNode child = node.jjtGetChild(i);
      codes[i] = condition ? condition(child) : compiler.code(child);
    }
    return run -> {
      for (int i = 0; i + 1 < count; i += 2) {
        if (Boolean.TRUE.equals(codes[i].run(run))) {
          return codes[i + 1].run(run);
        }
      }
      return count % 2 == 1 ? codes[count - 1].run(run) : null;
    };
  }

  private Code whileLoop(JexlNode node) {
    Code condition = condition(node.jjtGetChild(0));
    Code body = node.jjtGetNumChildren() > 1 ? compiler.code(node.jjtGetChild(1)) : run -> null;
    Place place = compiler.place(node);
    return run -> {
      while (Boolean.TRUE.equals(condition.run(run)) && turn(run, body, place)) {}
      return null;
    };
  }

  private Code doLoop(JexlNode node) {
    int last = node.jjtGetNumChildren() - 1;
    Code body = last > 0 ? compiler.code(node.jjtGetChild(0)) : run -> null;
    Code condition = condition(node.jjtGetChild(last));
    Place place = compiler.place(node);
    return run -> {
      while (turn(run, body, place) && Boolean.TRUE.equals(condition.run(run))) {}
      return null;
    };
  }

  /** One turn; false where the loop is left. */
  private static boolean turn(Run run, Code body, Place place) {
    step(run, place);
    body.run(run);
    if (run.signal == Signal.NONE) {
      return true;
    }
    if (run.signal == Signal.RETURN) {
      return false;
    }
    boolean goesOn = run.signal == Signal.CONTINUE;
    run.signal = Signal.NONE;
    return goesOn;
  }

  private Code forLoop(ASTForeachStatement node) {
    scopes.openBlock();
    Code code = node.getLoopForm() == 0 ? each(node) : counting(node);
    scopes.closeBlock();
    return code;
  }

  private Code counting(ASTForeachStatement node) {
    int form = node.getLoopForm();
    int at = 0;
    Code start = (form & HAS_START) == 0 ? run -> null : compiler.code(node.jjtGetChild(at++));
    Code condition = (form & HAS_CONDITION) == 0 ? run -> true : condition(node.jjtGetChild(at++));
    Code next = (form & HAS_NEXT) == 0 ? run -> null : compiler.code(node.jjtGetChild(at++));
    Code body = (form & HAS_BODY) == 0 ? run -> null : compiler.code(node.jjtGetChild(at));
    Place place = compiler.place(node);
    return run -> {
      start.run(run);
      while (Boolean.TRUE.equals(condition.run(run)) && turn(run, body, place)) {
        next.run(run);
      }
      return null;
    };
  }

  private Code each(ASTForeachStatement node) {
    JexlNode name = node.jjtGetChild(0);
    while (name instanceof ASTReference && name.jjtGetNumChildren() == 1) {
      name = name.jjtGetChild(0);
    }
    JexlNode over = node.jjtGetChild(1);
    Code elements =
        over instanceof ASTRangeNode
            ? range(over)
            : Loops.over(compiler.code(over), compiler.place(over));
    if (!(name instanceof ASTIdentifier variable)) {
      return compiler.code(name);
    }
    Scopes.Local local =
        variable instanceof ASTVar
            ? scopes.declare(variable.getName(), false)
            : scopes
                .find(variable.getName())
                .orElseGet(() -> scopes.declare(variable.getName(), false));
    Code body = node.jjtGetNumChildren() > 2 ? compiler.code(node.jjtGetChild(2)) : run -> null;
    Place place = compiler.place(node);
    return run -> {
      Object all = elements.run(run);
      if (all != null) {
        for (Object element : (Iterable<?>) all) {
          run.variables.set(local.hops(), local.slot(), element);
          if (!turn(run, body, place)) {
            break;
          }
        }
      }
      return null;
    };
  }

  private Code range(JexlNode node) {
    Code from = compiler.code(node.jjtGetChild(0));
    Code to = compiler.code(node.jjtGetChild(1));
    Place place = compiler.place(node);
    return run -> Loops.range(from.run(run), to.run(run), place);
  }

  private Code returning(JexlNode node) {
    Code value = node.jjtGetNumChildren() > 0 ? compiler.code(node.jjtGetChild(0)) : run -> null;
    return run -> {
      run.returned = value.run(run);
      run.signal = Signal.RETURN;
      return null;
    };
  }

  private static Code signal(Signal signal) {
    return run -> {
      run.signal = signal;
      return nothing();
    };
  }

  private static @Nullable Object nothing() {
    return null;
  }
}
