-- Bids filtered by price and channel, three derived fields, JSON lines out.
COPY (
  SELECT *,
    price * 0.908::DOUBLE AS price_eur,
    upper(channel) AS channel_upper,
    hour(dateTime::TIMESTAMP) AS hour
  FROM read_json('${DATA}/bids/*.jsonl', format = 'newline_delimited', columns = {
    auction: 'BIGINT', bidder: 'BIGINT', price: 'BIGINT', channel: 'VARCHAR', url: 'VARCHAR',
    dateTime: 'VARCHAR', extra: 'VARCHAR' })
  WHERE price > 2000 AND channel IN ('Google', 'Apple', 'Baidu')
) TO '${OUT}/out.jsonl' (FORMAT json);
