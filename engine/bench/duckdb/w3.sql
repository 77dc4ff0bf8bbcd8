-- Bids in windows of ten seconds by auction, how many and the highest price.
COPY (
  SELECT auction,
    time_bucket(INTERVAL 10 SECONDS, dateTime::TIMESTAMP) AS window_start,
    time_bucket(INTERVAL 10 SECONDS, dateTime::TIMESTAMP) + INTERVAL 10 SECONDS AS window_end,
    count(*) AS bids,
    max(price) AS highest
  FROM read_json('${DATA}/bids/*.jsonl', format = 'newline_delimited', columns = {
    auction: 'BIGINT', bidder: 'BIGINT', price: 'BIGINT', channel: 'VARCHAR', url: 'VARCHAR',
    dateTime: 'VARCHAR', extra: 'VARCHAR' })
  GROUP BY ALL
) TO '${OUT}/out.jsonl' (FORMAT json);
