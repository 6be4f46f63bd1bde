-- What stood around a matter on a day: its clocks, milestones, joint units and campaigns, every row as it was written with
-- the moment, by the clock of the house (of the database where something writes without it). What is taken out is written
-- as gone.
create function luoshi_at() returns timestamptz language sql stable as
  $$ select coalesce(nullif(current_setting('luoshi.at', true), '')::timestamptz, now()) $$;

create table matter_clock_history (
  n         bigint generated always as identity primary key,
  at        timestamptz not null,
  gone      boolean not null,
  matter    bigint not null,
  clock     text not null,
  counts    text not null,
  started   timestamptz not null,
  runs_out  timestamptz not null,
  paused_at timestamptz,
  left_over bigint not null,
  stopped_at timestamptz,
  extended  integer not null
);
create index matter_clock_history_of on matter_clock_history (matter, at);

create table milestone_history (
  n         bigint generated always as identity primary key,
  at        timestamptz not null,
  gone      boolean not null,
  matter    bigint not null,
  id        bigint not null,
  ordinal   integer not null,
  name      text not null,
  follows   bigint,
  days      integer not null,
  weight    numeric not null,
  baseline  date not null,
  planned   date not null,
  reached   date
);
create index milestone_history_of on milestone_history (matter, at);

create table matter_unit_history (
  n         bigint generated always as identity primary key,
  at        timestamptz not null,
  gone      boolean not null,
  matter    bigint not null,
  unit      bigint not null,
  ordinal   integer not null,
  share     numeric,
  task      text not null,
  agreed_at timestamptz
);
create index matter_unit_history_of on matter_unit_history (matter, at);

create table campaign_matter_history (
  n         bigint generated always as identity primary key,
  at        timestamptz not null,
  gone      boolean not null,
  matter    bigint not null,
  campaign  bigint not null
);
create index campaign_matter_history_of on campaign_matter_history (matter, at);
create index campaign_matter_history_in on campaign_matter_history (campaign, at);

-- Of what there is, the days that the rows themselves name.
insert into matter_clock_history (at, gone, matter, clock, counts, started, runs_out, paused_at, left_over, stopped_at, extended)
  select started, false, matter, clock, counts, started, runs_out, null, 0, null, extended from matter_clock;
insert into matter_clock_history (at, gone, matter, clock, counts, started, runs_out, paused_at, left_over, stopped_at, extended)
  select coalesce(stopped_at, paused_at), false, matter, clock, counts, started, runs_out, paused_at, left_over, stopped_at, extended
  from matter_clock where coalesce(stopped_at, paused_at) is not null;
insert into milestone_history (at, gone, matter, id, ordinal, name, follows, days, weight, baseline, planned, reached)
  select coalesce(m.given_at, m.created_at), false, s.matter, s.id, s.ordinal, s.name, s.follows, s.days, s.weight, s.baseline, s.planned, null
  from milestone s join matter m on m.id = s.matter;
insert into milestone_history (at, gone, matter, id, ordinal, name, follows, days, weight, baseline, planned, reached)
  select greatest(coalesce(m.given_at, m.created_at), s.reached::timestamp at time zone 'Asia/Shanghai'), false, s.matter, s.id, s.ordinal,
         s.name, s.follows, s.days, s.weight, s.baseline, s.planned, s.reached
  from milestone s join matter m on m.id = s.matter where s.reached is not null;
insert into matter_unit_history (at, gone, matter, unit, ordinal, share, task, agreed_at)
  select m.created_at, false, u.matter, u.unit, u.ordinal, u.share, u.task, null from matter_unit u join matter m on m.id = u.matter;
insert into matter_unit_history (at, gone, matter, unit, ordinal, share, task, agreed_at)
  select agreed_at, false, matter, unit, ordinal, share, task, agreed_at from matter_unit where agreed_at is not null;
insert into campaign_matter_history (at, gone, matter, campaign)
  select greatest(c.created_at, m.created_at), false, g.matter, g.campaign
  from campaign_matter g join campaign c on c.id = g.campaign join matter m on m.id = g.matter;

-- The house writes history, whoever acts: nobody's role may add to it or change it.
create function matter_clock_remember() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'DELETE' then
    insert into matter_clock_history (at, gone, matter, clock, counts, started, runs_out, paused_at, left_over, stopped_at, extended)
      select luoshi_at(), true, matter, clock, counts, started, runs_out, paused_at, left_over, stopped_at, extended from was;
  elsif tg_op = 'UPDATE' then
    insert into matter_clock_history (at, gone, matter, clock, counts, started, runs_out, paused_at, left_over, stopped_at, extended)
      select luoshi_at(), false, matter, clock, counts, started, runs_out, paused_at, left_over, stopped_at, extended
      from (select * from made except select * from was) m;
  else
    insert into matter_clock_history (at, gone, matter, clock, counts, started, runs_out, paused_at, left_over, stopped_at, extended)
      select luoshi_at(), false, matter, clock, counts, started, runs_out, paused_at, left_over, stopped_at, extended from made;
  end if;
  return null;
end $$;
create function milestone_remember() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'DELETE' then
    insert into milestone_history (at, gone, matter, id, ordinal, name, follows, days, weight, baseline, planned, reached)
      select luoshi_at(), true, matter, id, ordinal, name, follows, days, weight, baseline, planned, reached from was;
  elsif tg_op = 'UPDATE' then
    insert into milestone_history (at, gone, matter, id, ordinal, name, follows, days, weight, baseline, planned, reached)
      select luoshi_at(), false, matter, id, ordinal, name, follows, days, weight, baseline, planned, reached
      from (select * from made except select * from was) m;
  else
    insert into milestone_history (at, gone, matter, id, ordinal, name, follows, days, weight, baseline, planned, reached)
      select luoshi_at(), false, matter, id, ordinal, name, follows, days, weight, baseline, planned, reached from made;
  end if;
  return null;
end $$;
create function matter_unit_remember() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'DELETE' then
    insert into matter_unit_history (at, gone, matter, unit, ordinal, share, task, agreed_at)
      select luoshi_at(), true, matter, unit, ordinal, share, task, agreed_at from was;
  elsif tg_op = 'UPDATE' then
    insert into matter_unit_history (at, gone, matter, unit, ordinal, share, task, agreed_at)
      select luoshi_at(), false, matter, unit, ordinal, share, task, agreed_at
      from (select * from made except select * from was) m;
  else
    insert into matter_unit_history (at, gone, matter, unit, ordinal, share, task, agreed_at)
      select luoshi_at(), false, matter, unit, ordinal, share, task, agreed_at from made;
  end if;
  return null;
end $$;
create function campaign_matter_remember() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'DELETE' then
    insert into campaign_matter_history (at, gone, matter, campaign) select luoshi_at(), true, matter, campaign from was;
  else
    insert into campaign_matter_history (at, gone, matter, campaign) select luoshi_at(), false, matter, campaign from made;
  end if;
  return null;
end $$;
do $$
declare part text;
begin
  foreach part in array array['matter_clock', 'milestone', 'matter_unit', 'campaign_matter'] loop
    execute format('create trigger %I after insert on %I referencing new table as made for each statement execute function %I()',
                   part || '_made', part, part || '_remember');
    execute format('create trigger %I after update on %I referencing new table as made old table as was for each statement execute function %I()',
                   part || '_changed', part, part || '_remember');
    execute format('create trigger %I after delete on %I referencing old table as was for each statement execute function %I()',
                   part || '_gone', part, part || '_remember');
    execute format('alter table %I enable row level security', part || '_history');
    execute format('create policy office on %I for select to luoshi_office using (true)', part || '_history');
    execute format('create policy person on %I for select to luoshi_person using (
                      exists (select 1 from matter m where m.id = %I.matter)
                      or exists (select 1 from matter_was m where m.id = %I.matter))',
                   part || '_history', part || '_history', part || '_history');
    execute format('revoke insert, update, delete on %I from luoshi_office, luoshi_person', part || '_history');
  end loop;
end $$;

-- A light that turned by the calendar alone, while the row of the matter stayed as it was: what had shown until then.
create table light_was (
  matter     bigint not null,
  changed_at timestamptz not null,   -- of the row that it belongs to
  since      timestamptz not null,
  until      timestamptz not null,
  light      text not null,
  light_word text not null,
  light_why  jsonb not null,
  parties    bigint[] not null,
  primary key (matter, until)
);
create index light_was_on on light_was (until, since);
alter table light_was enable row level security;
create policy office on light_was for select to luoshi_office using (true);
create policy person on light_was for select to luoshi_person using (parties && (select luoshi_units()));
revoke insert, update, delete on light_was from luoshi_office, luoshi_person;

-- The parts of a whole, as they were.
create index matter_was_parent on matter_was (parent) where parent is not null;
