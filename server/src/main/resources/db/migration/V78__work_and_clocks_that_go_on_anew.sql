-- What was confirmed of the work before it began anew (reopened, found again) no longer counts.
alter table matter_progress add column past boolean not null default false;

-- When a clock ran on after a pause: the days of the pause are no silence. The types that come with the house call their
-- deadline "due" and the way out of a pause "resume"; a clock that was never paused ends the same, from whenever counted.
alter table matter_clock add column resumed_at timestamptz;
alter table matter_clock_history add column resumed_at timestamptz;
create or replace function matter_clock_remember() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'DELETE' then
    insert into matter_clock_history (at, gone, matter, clock, counts, started, runs_out, paused_at, left_over, stopped_at, extended, resumed_at)
      select luoshi_at(), true, matter, clock, counts, started, runs_out, paused_at, left_over, stopped_at, extended, resumed_at from was;
  elsif tg_op = 'UPDATE' then
    insert into matter_clock_history (at, gone, matter, clock, counts, started, runs_out, paused_at, left_over, stopped_at, extended, resumed_at)
      select luoshi_at(), false, matter, clock, counts, started, runs_out, paused_at, left_over, stopped_at, extended, resumed_at
      from (select * from made except select * from was) m;
  else
    insert into matter_clock_history (at, gone, matter, clock, counts, started, runs_out, paused_at, left_over, stopped_at, extended, resumed_at)
      select luoshi_at(), false, matter, clock, counts, started, runs_out, paused_at, left_over, stopped_at, extended, resumed_at from made;
  end if;
  return null;
end $$;
update matter_clock c set resumed_at = r.at
from (select stream, max(at) as at from journal
      where act = 'matter.move' and details ->> 'move' = 'resume' group by stream) r
where r.stream = 'matter:' || c.matter and c.started < r.at and c.stopped_at is null
  and (c.clock = 'due' or c.counts in ('working-days', 'working-hours'));

-- Clocks that wait to be counted anew because a year of the calendar was loaded: written down with the year, so that a
-- server that ends before it has counted them leaves them to the next. Only the house itself looks here.
create table recount_due (
  matter     bigint not null references matter,
  clock      text not null,
  runs_out   timestamptz not null,   -- by the old calendar; who set the clock since then knew the new one
  since      timestamptz not null,
  counted    bigint not null,        -- working days or seconds from there to its end, by the old calendar
  actor      bigint references account,
  actor_name text not null,
  noted_at   timestamptz not null,
  primary key (matter, clock)
);
revoke all on recount_due from luoshi_office, luoshi_person;

-- The notice of a year names days of the year before and after as well: it keeps them when another year is loaded anew.
alter table calendar_day add column notice integer;
update calendar_day d set notice = extract(year from day)::integer + case
  when extract(month from day) = 12 and extract(day from day) >= 22 and (working or name like '%元旦%')
    and exists (select 1 from calendar_year y where y.year = extract(year from d.day)::integer + 1) then 1 else 0 end;
alter table calendar_day alter column notice set not null;
alter table calendar_day drop constraint calendar_day_pkey;
alter table calendar_day add primary key (day, notice);
create index calendar_day_of on calendar_day (notice);
