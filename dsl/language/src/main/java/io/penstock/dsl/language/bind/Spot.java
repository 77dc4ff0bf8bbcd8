package io.penstock.dsl.language.bind;

import io.penstock.api.problem.Origin;
import io.penstock.dsl.language.option.OptionDeclaration;
import java.util.HashMap;
import java.util.Map;

/**
 * The option that is being bound, for messages and for the origins that stay.
 *
 * @param step the name of the step, or of what else holds the option
 * @param component the component's name; empty for keys beside it
 * @param path the option's path inside the component; empty for the component itself
 * @param name what messages call it
 * @param origin of the component's key, or of the key that holds the options
 */
record Spot(
    String step,
    String component,
    String path,
    String name,
    Origin origin,
    OptionDeclaration.Range range,
    boolean secret,
    Map<String, Origin> keys,
    Map<String, Origin> values) {
  private static final OptionDeclaration.Range OPEN =
      new OptionDeclaration.Range(Long.MIN_VALUE, Long.MAX_VALUE);

  /** A component's key. */
  static Spot of(String step, String component, Origin origin) {
    return new Spot(
        step, component, "", component, origin, OPEN, false, new HashMap<>(), new HashMap<>());
  }

  /** An option of it. */
  Spot option(OptionDeclaration option) {
    return new Spot(
        step,
        component,
        below(option.name()),
        option.name(),
        origin,
        option.range(),
        option.secret(),
        keys,
        values);
  }

  /** A component inside an option. */
  Spot inner(String innerComponent, Origin at) {
    return of(step, innerComponent, at);
  }

  /** The same option under another name in messages. */
  Spot called(String other) {
    return new Spot(step, component, path, other, origin, range, secret, keys, values);
  }

  /** An entry of a map. */
  Spot entry(String key) {
    String safe = below(key.replace('.', '/'));
    return new Spot(step, component, safe, key, origin, range, secret, keys, values);
  }

  String below(String option) {
    return path.isEmpty() ? option : path + "." + option;
  }

  /** Where in words: {@code `retry` of `api` in `calls`}. */
  String where() {
    boolean group = !path.isEmpty() && !name.equals(component);
    return group ? "`" + name + "` of " + holder() : holder();
  }

  private String holder() {
    String in = step.isEmpty() ? "" : "`" + step + "`";
    if (component.isEmpty() || component.equals(step)) {
      return in;
    }
    return in.isEmpty() ? "`" + component + "`" : "`" + component + "` in " + in;
  }

  OptionOrigins origins() {
    return new OptionOrigins(origin, keys, values);
  }
}
