package io.penstock.connectors.redis;

import io.penstock.api.option.Config;
import io.penstock.api.option.Matter;
import io.penstock.api.option.Option;

/** Who asks. */
public record Auth(
    @Option(value = "The user.", byDefault = "default", matter = Matter.PACE) String user,
    @Option(value = "The password.", secret = true, matter = Matter.PACE) String password)
    implements Config {}
