package io.penstock.dsl.language.bind;

import io.penstock.api.problem.Origin;

/**
 * What every step has.
 *
 * @param name the step's name
 * @param origin of the name
 * @param component the component's key
 * @param componentOrigin of the component's key
 * @param origins where the component's options stand
 */
public record StepHead(
    String name, Origin origin, String component, Origin componentOrigin, OptionOrigins origins) {}
