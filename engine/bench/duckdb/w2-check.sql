-- How many rows, and a hash of them in whatever order. Engines add in different orders, so the last digits of a mean
-- differ; it is cut to six places. The odd number keeps means that end in a half away from the edge.
SELECT count(*), format('{:x}', coalesce(sum(hash(station, lowest,
    floor(mean * 1000000 + 0.3819660112)::BIGINT, highest, readings)::HUGEINT), 0) % 18446744073709551616)
FROM read_csv('${OUT}/*.csv', delim = ';', header = false, auto_detect = false, columns = {
  station: 'VARCHAR', lowest: 'DOUBLE', mean: 'DOUBLE', highest: 'DOUBLE', readings: 'BIGINT' });
