-- How many rows, and a hash of them in whatever order.
SELECT count(*), format('{:x}', coalesce(sum(hash(digits, epoch_ms(window_start::TIMESTAMP),
    epoch_ms(window_end::TIMESTAMP), bids, highest)::HUGEINT), 0) % 18446744073709551616)
FROM read_json('${OUT}/*.jsonl', format = 'newline_delimited', columns = {
  digits: 'BIGINT', window_start: 'VARCHAR', window_end: 'VARCHAR', bids: 'BIGINT', highest: 'BIGINT' });
