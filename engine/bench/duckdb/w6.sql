-- Bids in windows of a minute, one each second, by the auction's last digits, how many and the highest price.
COPY (
  SELECT digits,
    second - INTERVAL 1 SECOND * back AS window_start,
    second - INTERVAL 1 SECOND * back + INTERVAL 60 SECONDS AS window_end,
    count(*) AS bids,
    max(price) AS highest
  FROM (
    SELECT auction % 100 AS digits, date_trunc('second', dateTime::TIMESTAMP) AS second, price
    FROM read_json('${DATA}/bids/*.jsonl', format = 'newline_delimited', columns = {
      auction: 'BIGINT', bidder: 'BIGINT', price: 'BIGINT', channel: 'VARCHAR', url: 'VARCHAR',
      dateTime: 'VARCHAR', extra: 'VARCHAR' })), range(60) AS backs(back)
  GROUP BY ALL
) TO '${OUT}/out.jsonl' (FORMAT json);
