package io.penstock.api.option;

import io.penstock.api.problem.Origin;
import java.util.Optional;

/**
 * A component inside an option, a step of a list of steps for one, with its place.
 *
 * @param name the component's name
 * @param origin the component's key
 * @param config its options
 * @param when the condition that stands beside the component in a list
 */
public record Chosen<T extends Config>(
    String name, Origin origin, T config, Optional<ExpressionText> when) {}
