package io.penstock.dsl.language.transform;

import io.penstock.api.option.Constant;
import io.penstock.api.option.ExpressionText;
import io.penstock.api.option.Template;
import io.penstock.api.problem.Origin;

/** Constants and templates as expressions. */
public final class Constants {
  private Constants() {}

  /** The expression that gives a constant. */
  static ExpressionText expression(Constant constant, Origin at) {
    Woven woven = new Woven(at);
    write(constant, woven);
    return woven.done();
  }

  private static void write(Constant constant, Woven to) {
    if (constant instanceof Constant.Bool bool) {
      to.text(Boolean.toString(bool.value()));
    } else if (constant instanceof Constant.Whole whole) {
      to.text(
          whole.value() == Long.MIN_VALUE
              ? "(-9223372036854775807 - 1)"
              : "(" + whole.value() + ")");
    } else if (constant instanceof Constant.Number number) {
      to.text("(" + number.value().toPlainString() + ")");
    } else if (constant instanceof Constant.Text text) {
      write(text.template(), to);
    } else if (constant instanceof Constant.Items items) {
      to.text("[");
      for (int i = 0; i < items.values().size(); i++) {
        to.text(i == 0 ? "" : ", ");
        write(items.values().get(i), to);
      }
      to.text("]");
    } else if (constant instanceof Constant.Members members) {
      to.text("{");
      for (int i = 0; i < members.entries().size(); i++) {
        String name = members.entries().get(i).name().toString();
        to.text((i == 0 ? "" : ", ") + Woven.quoted(name) + ": ");
        write(members.entries().get(i).value(), to);
      }
      to.text("}");
    } else {
      to.text("null");
    }
  }

  private static void write(Template template, Woven to) {
    if (template.isConstant()) {
      to.text(Woven.quoted(template.prefix()));
      return;
    }
    to.text("concat(''");
    for (Template.Part part : template.parts()) {
      if (part instanceof Template.Literal literal) {
        to.text(", " + Woven.quoted(literal.text()));
      } else if (part instanceof Template.Computed computed) {
        to.text(", to_string(").expression(computed.expression()).text(")");
      }
    }
    to.text(")");
  }

  /** An expression of a template: its value as a text, null as none. */
  public static ExpressionText asText(ExpressionText written, boolean string, boolean optional) {
    Woven woven = new Woven(written.origin());
    woven.text(string ? "(" : "to_string(").expression(written).text(")");
    return optional ? woven.text(" ?? ''").done() : woven.done();
  }
}
