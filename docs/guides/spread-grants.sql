-- Moves the grant tables FIRST to LAST (of 0 to 15) of this database to the PostgreSQL server NAME, in one transaction that
-- holds up whatever reads or writes a grant. Described in scale-out.md. Run with psql on the database that the login servers
-- connect to, as the user they connect as:
--   psql -U latchkey latchkey -v name=grants_b -v first=5 -v last=10 -f spread-grants.sql
\set ON_ERROR_STOP on
BEGIN;

-- A table on another server cannot be part of an index that spans them all. Each keeps its own key instead: a grant's id
-- belongs to one table only, so no two tables can hold the same.
SELECT 'ALTER TABLE grants DROP CONSTRAINT pk_grants' FROM pg_constraint WHERE conname = 'pk_grants' AND conrelid = 'grants'::regclass
\gexec
SELECT format('ALTER TABLE %s ADD PRIMARY KEY (id)', c.oid::regclass)
FROM pg_class c JOIN pg_inherits i ON i.inhrelid = c.oid
WHERE i.inhparent = 'grants'::regclass AND c.relkind = 'r'
  AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conrelid = c.oid AND contype = 'p')
\gexec

SELECT format('ALTER TABLE grants DETACH PARTITION grants_%1$s', n),
       format('ALTER TABLE grants_%1$s RENAME TO grants_%1$s_moved', n),
       format('CREATE FOREIGN TABLE grants_%1$s PARTITION OF grants FOR VALUES WITH (MODULUS 16, REMAINDER %1$s) SERVER %2$I', n, :'name'),
       format('INSERT INTO grants_%1$s SELECT * FROM grants_%1$s_moved', n),
       format('DROP TABLE grants_%1$s_moved', n)
FROM generate_series(:first, :last) n
\gexec

COMMIT;
