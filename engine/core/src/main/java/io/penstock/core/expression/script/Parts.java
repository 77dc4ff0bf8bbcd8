package io.penstock.core.expression.script;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.commons.jexl3.parser.ASTArrayAccess;
import org.apache.commons.jexl3.parser.ASTAssignment;
import org.apache.commons.jexl3.parser.ASTDecrementGetNode;
import org.apache.commons.jexl3.parser.ASTDefineVars;
import org.apache.commons.jexl3.parser.ASTGetDecrementNode;
import org.apache.commons.jexl3.parser.ASTGetIncrementNode;
import org.apache.commons.jexl3.parser.ASTIdentifier;
import org.apache.commons.jexl3.parser.ASTIdentifierAccess;
import org.apache.commons.jexl3.parser.ASTIdentifierAccessSafe;
import org.apache.commons.jexl3.parser.ASTIncrementGetNode;
import org.apache.commons.jexl3.parser.ASTMethodNode;
import org.apache.commons.jexl3.parser.ASTReference;
import org.apache.commons.jexl3.parser.ASTSetAddNode;
import org.apache.commons.jexl3.parser.ASTSetDivNode;
import org.apache.commons.jexl3.parser.ASTSetModNode;
import org.apache.commons.jexl3.parser.ASTSetMultNode;
import org.apache.commons.jexl3.parser.ASTSetSubNode;
import org.apache.commons.jexl3.parser.ASTVar;
import org.apache.commons.jexl3.parser.JexlNode;

/** Names, the parts of records and lists, and what is assigned to them. */
final class Parts {
  private final ScriptCompiler compiler;
  private final Scopes scopes;
  private final Uses uses;

  Parts(ScriptCompiler compiler, Scopes scopes, Uses uses) {
    this.compiler = compiler;
    this.scopes = scopes;
    this.uses = uses;
  }

  void addTo(Map<Class<?>, Function<JexlNode, Code>> makers) {
    makers.put(ASTIdentifier.class, node -> name((ASTIdentifier) node));
    makers.put(ASTReference.class, this::reference);
    makers.put(ASTVar.class, node -> declared((ASTVar) node, run -> null));
    makers.put(ASTDefineVars.class, new Statements(compiler, scopes)::sequence);
    makers.put(ASTAssignment.class, this::assignment);
    Map<Class<?>, Arithmetic.Operator> changes = new HashMap<>();
    changes.put(ASTSetAddNode.class, Arithmetic::add);
    changes.put(ASTSetSubNode.class, Arithmetic::subtract);
    changes.put(ASTSetMultNode.class, Arithmetic::multiply);
    changes.put(ASTSetDivNode.class, Arithmetic::divide);
    changes.put(ASTSetModNode.class, Arithmetic::remainder);
    changes.forEach(
        (kind, operator) ->
            makers.put(kind, node -> changed(node, operator, compiler.code(node.jjtGetChild(1)))));
    Code one = run -> 1L;
    makers.put(ASTIncrementGetNode.class, node -> changed(node, Arithmetic::add, one));
    makers.put(ASTGetIncrementNode.class, node -> changed(node, Arithmetic::add, one));
    makers.put(ASTDecrementGetNode.class, node -> changed(node, Arithmetic::subtract, one));
    makers.put(ASTGetDecrementNode.class, node -> changed(node, Arithmetic::subtract, one));
  }

  private Code name(ASTIdentifier node) {
    String name = node.getName();
    Optional<Scopes.Local> local = scopes.find(name);
    if (local.isPresent()) {
      return variable(local.get());
    }
    Place place = uses.lines.place(node, name.length());
    switch (name) {
      case "row" -> {
        uses.wholeRow = true;
        return run -> run.input.row();
      }
      case "meta", "params" -> {
        return uses.refuse(
            place,
            "`" + name + "` is no value of its own",
            "write `" + name + ".x`, with the name itself");
      }
      default -> {
        return read(name, place);
      }
    }
  }

  private Code read(String name, Place place) {
    int index = uses.read(name, place);
    return run -> run.input.read(index);
  }

  private static Code variable(Scopes.Local local) {
    int hops = local.hops();
    int slot = local.slot();
    return run -> run.variables.get(hops, slot);
  }

  /** A value and the parts of it: {@code row.items[0].price}. */
  private Code reference(JexlNode node) {
    return reference(node, node.jjtGetNumChildren());
  }

  private Code reference(JexlNode node, int count) {
    JexlNode base = node.jjtGetChild(0);
    boolean surroundings =
        base instanceof ASTIdentifier name
            && scopes.find(name.getName()).isEmpty()
            && (name.getName().equals("meta") || name.getName().equals("params"));
    Code code;
    int at = 1;
    if (surroundings && count > 1 && node.jjtGetChild(1) instanceof ASTIdentifierAccess member) {
      String path = ((ASTIdentifier) base).getName() + "." + member.getName();
      code = read(path, uses.lines.place(base, path.length()));
      at = 2;
    } else {
      code = compiler.code(base);
    }
    for (int i = at; i < count; i++) {
      code = part(code, node.jjtGetChild(i));
    }
    return code;
  }

  private Code part(Code value, JexlNode access) {
    Code code = value;
    if (access instanceof ASTIdentifierAccess member) {
      boolean safe = access instanceof ASTIdentifierAccessSafe;
      return Members.get(code, key(member), safe, compiler.place(access));
    }
    if (access instanceof ASTArrayAccess indexes) {
      for (int i = 0; i < indexes.jjtGetNumChildren(); i++) {
        JexlNode index = indexes.jjtGetChild(i);
        code = Members.get(code, compiler.code(index), false, compiler.place(index));
      }
      return code;
    }
    if (access instanceof ASTMethodNode) {
      return uses.refuse(
          compiler.place(access),
          "methods are not in the language of scripts",
          "call a function: `upper(name)` in place of `name.upper()`");
    }
    return compiler.code(access);
  }

  private static Code key(ASTIdentifierAccess member) {
    Object name = member.getIdentifier();
    Object key = name instanceof Integer index ? (Object) index.longValue() : member.getName();
    return run -> key;
  }

  private Code assignment(JexlNode node) {
    JexlNode target = node.jjtGetChild(0);
    if (target instanceof ASTVar variable) {
      // Declared first where a function may call itself, else last: `var x = x` reads the outer
      // one.
      boolean function = Functions.isFunction(node.jjtGetChild(1));
      if (!function) {
        Code value = compiler.code(node.jjtGetChild(1));
        return declared(variable, value);
      }
      Scopes.Local local = scopes.declare(variable.getName(), variable.isConstant());
      return stored(local, compiler.code(node.jjtGetChild(1)));
    }
    return set(target, compiler.code(node.jjtGetChild(1)));
  }

  private Code declared(ASTVar variable, Code value) {
    return stored(scopes.declare(variable.getName(), variable.isConstant()), value);
  }

  static Code stored(Scopes.Local local, Code value) {
    int hops = local.hops();
    int slot = local.slot();
    return run -> {
      Object result = value.run(run);
      run.variables.set(hops, slot, result);
      return result;
    };
  }

  private Code changed(JexlNode node, Arithmetic.Operator operator, Code by) {
    JexlNode target = node.jjtGetChild(0);
    Code old = compiler.code(target);
    return set(target, Operators.applied(operator, old, by, compiler.place(node)));
  }

  private Code set(JexlNode target, Code value) {
    JexlNode base = target instanceof ASTReference ? target.jjtGetChild(0) : target;
    Optional<Scopes.Local> local =
        base instanceof ASTIdentifier name ? scopes.find(name.getName()) : Optional.empty();
    boolean row =
        local.isEmpty() && base instanceof ASTIdentifier name && name.getName().equals("row");
    int parts = target instanceof ASTReference ? target.jjtGetNumChildren() : 1;
    if (parts == 1 && local.isPresent() && !local.get().constant()) {
      return stored(local.get(), value);
    }
    if (parts > 1 && (local.isPresent() || row)) {
      return member(target, value);
    }
    String written = base instanceof ASTIdentifier name ? name.getName() : "";
    return uses.refuse(
        uses.lines.place(target, Math.max(1, written.length())),
        row || local.isPresent()
            ? "`" + written + "` cannot be set as a whole"
            : "`" + written + "` is no variable of the script",
        row || local.isPresent()
            ? "set a field of it, or declare a new variable with `var`"
            : "declare it with `var`; a field is set with `row." + written + " = ...`");
  }

  private Code member(JexlNode target, Code value) {
    int last = target.jjtGetNumChildren() - 1;
    JexlNode access = target.jjtGetChild(last);
    Code holder = reference(target, last);
    if (access instanceof ASTIdentifierAccess name) {
      return Members.set(holder, key(name), value, compiler.place(access));
    }
    if (access instanceof ASTArrayAccess indexes) {
      int count = indexes.jjtGetNumChildren();
      for (int i = 0; i < count - 1; i++) {
        JexlNode index = indexes.jjtGetChild(i);
        holder = Members.get(holder, compiler.code(index), false, compiler.place(index));
      }
      JexlNode index = indexes.jjtGetChild(count - 1);
      return Members.set(holder, compiler.code(index), value, compiler.place(index));
    }
    return part(holder, access);
  }
}
