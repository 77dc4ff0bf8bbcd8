-- How many rows, and a hash of them in whatever order.
SELECT count(*), format('{:x}', coalesce(sum(hash(auction, bidder, price, channel, url,
    epoch_ms(dateTime::TIMESTAMP), extra, price_eur, channel_upper, hour)::HUGEINT), 0) % 18446744073709551616)
FROM read_json('${OUT}/*.jsonl', format = 'newline_delimited', columns = {
  auction: 'BIGINT', bidder: 'BIGINT', price: 'BIGINT', channel: 'VARCHAR', url: 'VARCHAR',
  dateTime: 'VARCHAR', extra: 'VARCHAR', price_eur: 'DOUBLE', channel_upper: 'VARCHAR', hour: 'BIGINT' });
