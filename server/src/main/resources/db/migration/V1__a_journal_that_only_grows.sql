-- Every change of the system is one entry here, in the transaction that makes the change. Entries of one thing form a
-- stream; each holds the hash of the one before, so that a changed or missing entry shows.
create table journal_head (
  stream text primary key,
  seq    integer not null,
  hash   bytea   not null
);

create table journal (
  id      bigint generated always as identity primary key,
  stream  text        not null,
  seq     integer     not null,
  batch   uuid        not null,
  at      timestamptz not null,
  actor   bigint,
  actor_name text     not null,
  act     text        not null,
  details jsonb       not null,
  digest  text        not null,
  hash    bytea       not null,
  unique (stream, seq)
);
create index journal_batch on journal (batch);
create index journal_actor on journal (actor, id);

-- A request that was carried out once is not carried out again (a double click, a retry after a lost answer).
create table journal_request (
  request text primary key,
  batch   uuid not null,
  at      timestamptz not null
);

create function journal_refuse() returns trigger language plpgsql as
$$ begin raise exception 'the journal only grows: % refused', tg_op; end $$;
create trigger journal_only_grows before update or delete or truncate on journal
  for each statement execute function journal_refuse();
