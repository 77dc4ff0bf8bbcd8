-- Station temperatures, aggregated by station, sorted.
COPY (
  SELECT station, min(temperature), avg(temperature), max(temperature), count(*)
  FROM read_csv('${DATA}/temps/*.csv', delim = ';', header = false, auto_detect = false,
    columns = { station: 'VARCHAR', temperature: 'DOUBLE' })
  GROUP BY station
  ORDER BY station
) TO '${OUT}/out.csv' (FORMAT csv, DELIMITER ';', HEADER false);
