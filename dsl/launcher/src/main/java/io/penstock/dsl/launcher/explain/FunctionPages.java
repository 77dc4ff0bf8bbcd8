package io.penstock.dsl.launcher.explain;

import io.penstock.core.expression.aggregate.AggregateDeclaration;
import io.penstock.core.expression.aggregate.AggregateFunctions;
import io.penstock.core.expression.aggregate.OverFunction;
import io.penstock.core.expression.function.Function;
import io.penstock.core.expression.function.FunctionDeclaration;
import io.penstock.core.expression.function.Functions;
import io.penstock.core.expression.grok.GrokPatterns;
import io.penstock.dsl.language.document.FunctionPage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The functions of expressions and the aggregates, as the reference shows them. */
public final class FunctionPages {
  private FunctionPages() {}

  /**
   * By family in the order of the reference, then by name; then aggregates and the functions of
   * {@code over}.
   */
  public static List<FunctionPage> all() {
    List<FunctionPage> pages = new ArrayList<>();
    List<FunctionDeclaration> functions = Functions.standard().all();
    for (Function.Family family : Function.Family.values()) {
      for (FunctionDeclaration function : functions) {
        if (function.about().family() == family) {
          pages.add(
              page(
                  family.name().toLowerCase(Locale.ROOT),
                  function.name(),
                  function.about().signature(),
                  function.about().summary(),
                  function.about().fails(),
                  function.about().examples(),
                  lists(function)));
        }
      }
    }
    for (String name : AggregateFunctions.standard().names()) {
      AggregateDeclaration aggregate = AggregateFunctions.standard().named(name).orElseThrow();
      for (String signature : aggregate.about().signature()) {
        pages.add(
            page(
                "aggregates",
                name,
                signature,
                aggregate.about().summary(),
                aggregate.about().fails(),
                aggregate.about().examples(),
                List.of()));
      }
    }
    for (OverFunction function : OverFunction.values()) {
      for (String signature : function.shapes()) {
        pages.add(
            new FunctionPage(
                "over",
                function.word(),
                function.word() + signature,
                function.summary(),
                List.of(function.example())));
      }
    }
    return pages;
  }

  private static FunctionPage page(
      String family,
      String name,
      String signature,
      String summary,
      String fails,
      String[] examples,
      List<FunctionPage.Names> lists) {
    String text = fails.isEmpty() ? summary : summary + " Fails where " + fails + ".";
    return new FunctionPage(family, name, name + signature, text, List.of(examples), lists);
  }

  /** The named patterns stand where grok is explained first. */
  private static List<FunctionPage.Names> lists(FunctionDeclaration function) {
    boolean grok =
        function.name().equals("parse_grok") && function.signature().parameters().size() == 2;
    return grok
        ? GrokPatterns.known().stream()
            .map(h -> new FunctionPage.Names(h.title(), List.copyOf(h.patterns().keySet())))
            .toList()
        : List.of();
  }
}
