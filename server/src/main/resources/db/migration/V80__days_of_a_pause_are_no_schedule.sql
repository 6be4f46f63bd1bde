-- Days for which a clock was held: nothing was to be done on them. A milestone whose baseline is older is measured so much
-- later (shifted), its baseline stays; how many of these days lie before it is kept with it (paused).
alter table matter_clock add column paused_days bigint not null default 0;
alter table matter_clock_history add column paused_days bigint not null default 0;
alter table milestone add column shifted integer not null default 0;
alter table milestone add column paused integer not null default 0;
alter table milestone_history add column shifted integer not null default 0;
alter table milestone_history add column paused integer not null default 0;

create or replace function matter_clock_remember() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'DELETE' then
    insert into matter_clock_history (at, gone, matter, clock, counts, started, runs_out, paused_at, left_over, stopped_at, extended, resumed_at, paused_days)
      select luoshi_at(), true, matter, clock, counts, started, runs_out, paused_at, left_over, stopped_at, extended, resumed_at, paused_days from was;
  elsif tg_op = 'UPDATE' then
    insert into matter_clock_history (at, gone, matter, clock, counts, started, runs_out, paused_at, left_over, stopped_at, extended, resumed_at, paused_days)
      select luoshi_at(), false, matter, clock, counts, started, runs_out, paused_at, left_over, stopped_at, extended, resumed_at, paused_days
      from (select * from made except select * from was) m;
  else
    insert into matter_clock_history (at, gone, matter, clock, counts, started, runs_out, paused_at, left_over, stopped_at, extended, resumed_at, paused_days)
      select luoshi_at(), false, matter, clock, counts, started, runs_out, paused_at, left_over, stopped_at, extended, resumed_at, paused_days from made;
  end if;
  return null;
end $$;
create or replace function milestone_remember() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'DELETE' then
    insert into milestone_history (at, gone, matter, id, ordinal, name, follows, days, weight, baseline, planned, reached, shifted, paused)
      select luoshi_at(), true, matter, id, ordinal, name, follows, days, weight, baseline, planned, reached, shifted, paused from was;
  elsif tg_op = 'UPDATE' then
    insert into milestone_history (at, gone, matter, id, ordinal, name, follows, days, weight, baseline, planned, reached, shifted, paused)
      select luoshi_at(), false, matter, id, ordinal, name, follows, days, weight, baseline, planned, reached, shifted, paused
      from (select * from made except select * from was) m;
  else
    insert into milestone_history (at, gone, matter, id, ordinal, name, follows, days, weight, baseline, planned, reached, shifted, paused)
      select luoshi_at(), false, matter, id, ordinal, name, follows, days, weight, baseline, planned, reached, shifted, paused from made;
  end if;
  return null;
end $$;

-- Of what runs, by the entries of its suspensions; the types that come with the house call the moves so.
update matter_clock c set paused_days = p.days
from (select d.matter, sum(d.resumed - d.suspended) as days
      from (select w.matter, (j.at at time zone 'Asia/Shanghai')::date as resumed, w.started,
                   (lag(j.at) over (partition by j.stream order by j.seq) at time zone 'Asia/Shanghai')::date as suspended,
                   lag(j.at) over (partition by j.stream order by j.seq) as since,
                   j.details ->> 'move' as move
            from matter_clock w join journal j on j.stream = 'matter:' || w.matter
            where w.clock = 'due' and w.stopped_at is null and w.resumed_at is not null
              and j.act = 'matter.move' and j.details ->> 'move' in ('suspend', 'resume')) d
      where d.move = 'resume' and d.since >= d.started
      group by d.matter) p
where p.matter = c.matter and c.clock = 'due';
