package io.penstock.core.logical;

import io.penstock.api.format.FormatConfig;
import io.penstock.api.problem.Origin;
import io.penstock.api.sink.SinkConfig;
import java.util.Optional;

/** Where records go that fail. */
public record DeadLetter(SinkConfig sink, Optional<FormatConfig> format, Origin origin) {}
