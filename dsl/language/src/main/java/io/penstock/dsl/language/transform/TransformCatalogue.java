package io.penstock.dsl.language.transform;

import io.penstock.api.option.Catalogue;
import java.util.List;

/** The built-in transforms. */
public final class TransformCatalogue implements Catalogue {
  @Override
  public List<Class<? extends Record>> components() {
    return List.of(
        Filter.class,
        SetFields.class,
        Convert.class,
        Put.class,
        Select.class,
        Rename.class,
        Remove.class,
        Parse.class,
        Unpack.class,
        SetEventTime.class,
        Explode.class,
        Steps.class,
        Let.class,
        CallChain.class,
        Choose.class,
        Log.class,
        Script.class,
        JavaBody.class,
        Route.class,
        Expect.class,
        Lookup.class,
        Join.class,
        Limit.class,
        Sample.class,
        Throttle.class,
        Distinct.class,
        Deduplicate.class,
        FillGaps.class,
        Over.class,
        Aggregate.class,
        Top.class,
        Sort.class);
  }
}
