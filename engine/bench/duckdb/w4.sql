-- Bids looked up in the auction table, two categories of ten kept, CSV out.
COPY (
  SELECT bid.auction, bid.bidder, bid.price, sold.category, sold.seller, sold.item
  FROM read_json('${DATA}/bids/*.jsonl', format = 'newline_delimited', columns = {
      auction: 'BIGINT', bidder: 'BIGINT', price: 'BIGINT' }) AS bid
    JOIN read_csv('${DATA}/tables/auctions.csv', header = true, auto_detect = false, columns = {
      id: 'BIGINT', category: 'BIGINT', seller: 'BIGINT', item: 'VARCHAR' }) AS sold
      ON bid.auction = sold.id
  WHERE sold.category IN (3, 7)
) TO '${OUT}/out.csv' (FORMAT csv, HEADER false);
