package io.penstock.connectors.jdbc;

import io.penstock.api.option.Config;
import io.penstock.api.option.Matter;
import io.penstock.api.option.Option;
import java.util.Optional;

/** Who asks. */
public record Auth(
    @Option(value = "The user.", matter = Matter.PACE) String user,
    @Option(value = "The password.", secret = true, matter = Matter.PACE) Optional<String> password)
    implements Config {}
