package io.penstock.api.option;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares that the options of a record stand among those of the record of which it is a component,
 * without a key of their own. So options that several components share are declared once. The
 * component's type is a record of options; what they say together is checked by the record that
 * includes it.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Included {}
