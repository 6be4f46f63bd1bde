-- When the work of a matter was done, or it ended without: what is struck off and only watched, or only rated, is not
-- closed yet, but it is no longer late. Null: somebody still has the work to do.
alter table matter add column struck_at timestamptz;
alter table matter_was add column struck_at timestamptz;

-- By name, because columns that were added later stand behind valid_to in the one table and not in the other.
create or replace function matter_keep() returns trigger language plpgsql as $$
begin
  insert into matter_was (
    id, type, type_version, number, year, title, what, state, ended, done, lead, leader, checker, giver,
    due, first_due, source, commitment, parent, merged_into, weight, is_public, fields, joint, parties,
    waits, waits_since, waits_until, progress, reported, reported_at, unverified, light, light_word,
    light_why, light_since, level, bounced, extended, recurred, asked, mover, created_by, created_at,
    given_at, closed_at, changed_at, version, words, struck_at, valid_to)
  select old.*, new.changed_at;
  return new;
end $$;

-- Of what there is: the moment from which a matter stood, without a break, in an end or in a state that the public sees
-- as done. Which states those are is read from the types as they were loaded, where a state is one line.
create temporary table struck on commit drop as
with seen as (
  select t.type, t.version, found[1] as state
  from matter_type t, regexp_matches(t.source, '^\s*([a-z][a-z0-9-]*):\s*\{[^\n]*\mpublic:\s*done\M', 'gn') as found),
rows as (
  select id, type, type_version, state, ended, closed_at, changed_at from matter
  union all
  select id, type, type_version, state, ended, closed_at, changed_at from matter_was),
stood as (
  select r.id, r.changed_at, coalesce(r.closed_at, r.changed_at) as since,
         r.ended or exists (select 1 from seen s
                            where s.type = r.type and s.version = r.type_version and s.state = r.state) as stands
  from rows r),
runs as (
  select *, count(*) filter (where not stands) over (partition by id order by changed_at) as run from stood)
select id, changed_at, first_value(since) over (partition by id, run order by changed_at) as struck_at
from runs where stands;
create index on struck (id, changed_at);
analyze struck;

update matter m set struck_at = s.struck_at from struck s where s.id = m.id and s.changed_at = m.changed_at;
update matter_was m set struck_at = s.struck_at from struck s where s.id = m.id and s.changed_at = m.changed_at;

-- Overdue is what is not struck off: counted from the index alone, as before.
drop index matter_open_due;
create index matter_open_due on matter (due, id) include (type, lead, state, struck_at) where not ended;
