package io.penstock.core.expression.script;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.commons.jexl3.parser.ASTEmptyFunction;
import org.apache.commons.jexl3.parser.ASTFunctionNode;
import org.apache.commons.jexl3.parser.ASTIdentifier;
import org.apache.commons.jexl3.parser.ASTJexlLambda;
import org.apache.commons.jexl3.parser.ASTNamespaceIdentifier;
import org.apache.commons.jexl3.parser.ASTSizeFunction;
import org.apache.commons.jexl3.parser.ASTVar;
import org.apache.commons.jexl3.parser.JexlNode;
import org.jspecify.annotations.Nullable;

/** Calls: of the language's functions by name, of the script's own, of {@code emit}. */
final class Functions {
  private final ScriptCompiler compiler;
  private final Scopes scopes;
  private final Uses uses;

  Functions(ScriptCompiler compiler, Scopes scopes, Uses uses) {
    this.compiler = compiler;
    this.scopes = scopes;
    this.uses = uses;
  }

  void addTo(Map<Class<?>, Function<JexlNode, Code>> makers) {
    makers.put(ASTFunctionNode.class, this::call);
    makers.put(ASTJexlLambda.class, node -> made((ASTJexlLambda) node));
    makers.put(ASTSizeFunction.class, node -> word(node, "size"));
    makers.put(ASTEmptyFunction.class, node -> word(node, "is_empty"));
  }

  static boolean isFunction(JexlNode node) {
    return node instanceof ASTJexlLambda;
  }

  private Code call(JexlNode node) {
    ASTIdentifier callee = (ASTIdentifier) node.jjtGetChild(0);
    String name = callee.getName();
    Place place = uses.lines.place(callee, name.length());
    if (callee instanceof ASTNamespaceIdentifier) {
      return uses.refuse(
          place, "functions have no prefix in the language of scripts", "write the name alone");
    }
    JexlNode arguments = node.jjtGetChild(1);
    Code[] codes = new Code[arguments.jjtGetNumChildren()];
    List<Optional<String>> literals = new ArrayList<>();
    boolean function = false;
    for (int i = 0; i < codes.length; i++) {
      JexlNode argument = arguments.jjtGetChild(i);
      codes[i] = compiler.code(argument);
      literals.add(Literals.written(argument));
      function |= isFunction(argument);
    }
    Optional<Scopes.Local> own = scopes.find(name);
    if (own.isPresent()) {
      return own(own.get(), name, codes, place);
    }
    if (name.equals("emit")) {
      return emit(codes, place);
    }
    if (function) {
      return uses.refuse(
          place, "`" + name + "` takes no function inside a script", "write a loop: `for`");
    }
    return calling(uses.call(name, literals, place), codes);
  }

  private Code word(JexlNode node, String name) {
    JexlNode argument = node.jjtGetChild(0);
    Place place = compiler.place(node);
    return calling(
        uses.call(name, List.of(Optional.empty()), place), new Code[] {compiler.code(argument)});
  }

  /** A call into the language of expressions. */
  static Code calling(CallSite site, Code[] arguments) {
    return run -> {
      @Nullable Object[] values = values(run, arguments);
      try {
        run.budget.step();
        return run.input.call(site, values);
      } catch (ScriptFailure failure) {
        throw failure.at(site.place());
      }
    };
  }

  private static @Nullable Object[] values(Run run, Code[] codes) {
    @Nullable Object[] values = new Object[codes.length];
    for (int i = 0; i < codes.length; i++) {
      values[i] = codes[i].run(run);
    }
    return values;
  }

  private static Code own(Scopes.Local local, String name, Code[] codes, Place place) {
    return run -> {
      Object callee = run.variables.get(local.hops(), local.slot());
      @Nullable Object[] values = values(run, codes);
      try {
        run.budget.step();
        if (callee instanceof ScriptFunction function) {
          return function.call(run, values);
        }
        throw ScriptFailure.kind(
            "`" + name + "` is " + ScriptValues.kind(callee) + ", which cannot be called");
      } catch (ScriptFailure failure) {
        throw failure.at(place);
      }
    };
  }

  private Code emit(Code[] codes, Place place) {
    if (codes.length != 1) {
      return uses.refuse(
          place, "`emit` takes one row, not " + codes.length, "write `emit(row)` or `emit({...})`");
    }
    Code value = codes[0];
    return run -> {
      Object row = value.run(run);
      try {
        run.budget.row();
        if (!(row instanceof Map<?, ?> fields)) {
          throw ScriptFailure.kind("`emit` takes a record, not " + ScriptValues.kind(row));
        }
        run.input.emit(fields);
        return null;
      } catch (ScriptFailure failure) {
        throw failure.at(place);
      }
    };
  }

  /** A function's making; with a name in front it is a statement that declares it. */
  private Code made(ASTJexlLambda node) {
    int last = node.jjtGetNumChildren() - 1;
    boolean named = last > 0 && node.jjtGetChild(0) instanceof ASTVar;
    Optional<Scopes.Local> variable =
        named
            ? Optional.of(scopes.declare(((ASTVar) node.jjtGetChild(0)).getName(), true))
            : Optional.empty();
    String[] parameters = node.getParameters();
    int count = parameters == null ? 0 : parameters.length;
    scopes.openFunction();
    for (int i = 0; i < count; i++) {
      scopes.declare(parameters[i], false);
    }
    JexlNode written = node.jjtGetChild(Math.max(0, last));
    Code body = last < 0 ? run -> null : compiler.code(written);
    int slots = scopes.closeFunction();
    ScriptFunction.Shape shape = new ScriptFunction.Shape(count, slots, body, true);
    Code making =
        run -> {
          run.budget.make(64);
          return new ScriptFunction(shape, run.variables);
        };
    return variable.map(local -> Parts.stored(local, making)).orElse(making);
  }
}
