package io.penstock.core.expression.function;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConversionTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "to_int(' 7') | D205",
        "to_int('7 ') | D205",
        "to_int('7.0') | D205",
        "to_int('') | D205",
        "to_int('٣') | D205",
        "to_int('9223372036854775808') | D205",
        "to_int('x') | D205",
        "to_int(1e300) | D201",
        "to_int(parse_json('\"x\"')) | D205",
        "to_int(parse_json('[1]')) | D204",
        "to_double('1,5') | D205",
        "to_double('0x10') | D205",
        "to_decimal('1e1000000000') | D205",
        "to_decimal('123456', 4, 2) | D203",
        "to_boolean('TRUE') | D205",
        "to_timestamp('2026-01-02') | D205",
        "to_date('2026-02-30') | D205",
        "parse_int('1_0') | D205",
        "parse_int('12', 2) | D205",
        "parse_int('12', 99) | D206",
        "parse_json('{') | D205",
        "error('no') | D209",
        "assert(1 > 2, 'no') | D209",
        "regex_extract('a', repeat('(', 3)) | E404",
        "to_int([1]) | E404",
        "to_double(true) | E404",
        "to_decimal(true) | E404",
        "to_int(now()) | E404",
        "hour(now(), 'Mars') | E404",
        "format_timestamp(now(), 'bb', 'UTC') | E404",
        "date_trunc('hours', now(), 'UTC') | E404",
        "cast('1', 'number') | E404",
        "length(5) | E404",
        "to_decimal('1', 39, 0) | E404",
        "regex_groups('a', '[0-9]') | E404",
      })
  void refusesWithACode(String expression, String code) {
    String result = Run.text(expression);
    assertTrue(result.contains(code), result);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "to_int(2.9e0) | 2",
        "to_int(-2.9) | -2",
        "to_int('-9223372036854775808') | -9223372036854775808",
        "to_double('1e3') | 1000.0",
        "to_boolean(0.5) | true",
        "to_boolean(0e0) | false",
        "to_decimal('1') | 1.000000000",
        "to_decimal(7) | 7",
        "to_decimal(1.50) | 1.50",
        "cast(record('a', 1), 'map<string>') | {\"a\":\"1\"}",
        "cast(['1', null], '[optional int]') | [1,null]",
        "to_string(1e0) | 1.0",
      })
  void convertsTo(String expression, String value) {
    assertEquals(value, Run.text(expression));
  }
}
