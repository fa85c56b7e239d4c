-- What is counted on the written file: `data` holds its cells as texts in columns c0, c1 …
-- and `unit`, whose row it is. Fields in braces are filled in by certificate.py: {keys} the
-- quasi-identifiers as q0, q1 …, {listed} their names, {column} a sensitive column, {units} the
-- count of units. Each query ends at a blank line.

-- classes: rows that agree in every quasi-identifier; gone where all of them are suppressed
CREATE TABLE classes AS SELECT *, {starred} AS gone, row_number() OVER () AS class FROM
    (SELECT {keys}, {units} AS size, count(*) AS held FROM data GROUP BY ALL)

-- sizes
SELECT sum(held), coalesce(sum(held) FILTER (gone), 0), coalesce(min(size) FILTER (NOT gone), 0),
    count(*) FILTER (NOT gone), min(size), count(*)
FROM classes

-- unit_count
SELECT count(DISTINCT unit) FROM data

-- wildcard: the smallest class with `*` matching any value
SELECT min(n) FROM (
    SELECT a.class, sum(b.size) AS n FROM classes a JOIN classes b ON {agree}
    WHERE NOT a.gone GROUP BY a.class
)

-- pairs: units of each sensitive value in each class, and of all its values together
CREATE OR REPLACE TEMP TABLE pairs AS
SELECT *, sum(n) OVER (PARTITION BY class) AS size FROM (
    SELECT class, value, {units} AS n FROM
        (SELECT {keys}, coalesce({column}, '') AS value, unit FROM data)
        JOIN classes USING ({listed})
    WHERE NOT gone GROUP BY ALL
)

-- whole: the share of each sensitive value in the file
CREATE OR REPLACE TEMP TABLE whole AS
SELECT value, n / sum(n) OVER () AS p
FROM (SELECT coalesce({column}, '') AS value, {units} AS n FROM data GROUP BY ALL)

-- fewest: different values of a class
SELECT min(l) FROM (SELECT count(*) AS l FROM pairs GROUP BY class)

-- entropy: the lowest of a class
SELECT min(h) FROM (
    SELECT -sum(n / size * ln(n / size)) AS h
    FROM pairs GROUP BY class
)

-- ratio: of the commonest value's rows to those of the l-th commonest and all rarer ones
SELECT max(ratio) FROM (
    SELECT max(n) / sum(n) FILTER (place >= {l}) AS ratio FROM (
        SELECT class, n, row_number() OVER (PARTITION BY class ORDER BY n DESC) AS place FROM pairs
    ) GROUP BY class
)

-- equal: the largest distance of a class from the file, all values equally far apart
SELECT max(t) FROM (
    SELECT sum(greatest(n / size - p, 0)) AS t
    FROM pairs JOIN whole USING (value) GROUP BY class
)

-- skewed: units in classes of one value, and in those of which most have one value that most of the
-- file have not
SELECT coalesce(sum(c.size) FILTER (n = p.size), 0), coalesce(sum(c.size), 0)
FROM pairs p JOIN whole USING (value) JOIN classes c USING (class)
WHERE n >= {most} * p.size AND whole.p < {most} AND value NOT IN ('*', '')

-- steps: the file's cumulative share at each rank, and the sum of those below it
CREATE OR REPLACE TEMP TABLE steps AS
SELECT rank, share, coalesce(sum(share) OVER (
    ORDER BY rank ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS below
FROM (
    SELECT rank, sum(p) OVER (ORDER BY rank) AS share
    FROM (SELECT rank, sum(p) AS p FROM whole JOIN ranks USING (value) GROUP BY rank)
    UNION ALL SELECT {levels}, NULL
)

-- ordered: the largest earth mover's distance; between two held ranks a class's share is constant
WITH held AS (
    SELECT class, rank AS a, sum(n / size) AS q
    FROM pairs JOIN ranks USING (value) GROUP BY class, rank
), stretches AS (
    SELECT class, a, sum(q) OVER w AS c, lead(a, 1, {levels}) OVER w AS b,
        row_number() OVER w = 1 AS first
    FROM held WINDOW w AS (PARTITION BY class ORDER BY a)
), crossed AS (
    SELECT s.*, greatest(a, least(b, coalesce(f.rank, {levels}))) AS x
    FROM stretches s ASOF LEFT JOIN (SELECT * FROM steps WHERE share IS NOT NULL) f
    ON s.c <= f.share
)
SELECT max(t) FROM (
    SELECT sum(c * (2 * x - a - b) - 2 * sx.below + sa.below + sb.below
        + CASE WHEN first THEN sa.below ELSE 0 END) / ({levels} - 1) AS t
    FROM crossed JOIN steps sx ON sx.rank = x JOIN steps sa ON sa.rank = a
        JOIN steps sb ON sb.rank = b
    GROUP BY class
)
