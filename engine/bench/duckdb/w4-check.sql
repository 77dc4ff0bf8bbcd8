-- How many rows, and a hash of them in whatever order.
SELECT count(*), format('{:x}', coalesce(sum(hash(auction, bidder, price, category, seller, item)::HUGEINT), 0)
    % 18446744073709551616)
FROM read_csv('${OUT}/*.csv', delim = ',', header = false, auto_detect = false, columns = {
  auction: 'BIGINT', bidder: 'BIGINT', price: 'BIGINT', category: 'BIGINT', seller: 'BIGINT', item: 'VARCHAR' });
