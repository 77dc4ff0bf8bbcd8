package io.penstock.core.expression.script;

import io.penstock.api.option.ExpressionText;
import io.penstock.api.problem.Problems;
import java.util.List;
import java.util.Optional;

/** A script that has been read. Immutable. */
public final class ScriptProgram {
  private final ExpressionText text;
  private final Code code;
  private final int variables;
  private final int sites;
  private final List<Read> reads;
  private final List<Called> calls;
  private final boolean wholeRow;

  private ScriptProgram(ExpressionText text, Code code, int variables, Uses uses) {
    this.text = text;
    this.code = code;
    this.variables = variables;
    this.sites = uses.sites();
    this.reads = List.copyOf(uses.reads);
    this.calls = List.copyOf(uses.calls);
    this.wholeRow = uses.wholeRow;
  }

  /** A name of its surroundings that a script reads: {@code price}, {@code params.least}. */
  public record Read(String name, ExpressionText text) {}

  /** A function of the language that a script calls. */
  public record Called(String function, int arguments, ExpressionText text) {}

  /** The program of a text; empty where something is wrong with it, which is reported. */
  public static Optional<ScriptProgram> read(ExpressionText text, Problems problems) {
    Problems own = new Problems();
    Lines lines = new Lines(text);
    Uses uses = new Uses(lines, own);
    Optional<ScriptProgram> program =
        new ScriptReader(text, lines, own)
            .read()
            .map(
                tree -> {
                  ScriptCompiler compiler = new ScriptCompiler(uses);
                  Code code = compiler.script(tree);
                  return new ScriptProgram(text, code, compiler.variables(), uses);
                });
    problems.addAll(own);
    return own.hasErrors() ? Optional.empty() : program;
  }

  /** The names that it reads, in order. */
  public List<Read> reads() {
    return reads;
  }

  /** The functions that it calls. */
  public List<Called> calls() {
    return calls;
  }

  /** Whether it takes the row as a whole. */
  public boolean wholeRow() {
    return wholeRow;
  }

  ExpressionText text() {
    return text;
  }

  Code code() {
    return code;
  }

  int variables() {
    return variables;
  }

  int sites() {
    return sites;
  }
}
