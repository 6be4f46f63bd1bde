-- The years whose working days are complete; a date counted over another year is provisional and says so.
create table calendar_year (
  year   integer primary key,
  source text not null
);
insert into calendar_year (year, source)
  select distinct extract(year from day)::integer, '' from calendar_day where not working and name <> ''
  group by 1 having count(*) > 10;

-- The unit's head signs off what leaves the unit.
alter table account_role drop constraint account_role_role_check;
alter table account_role add constraint account_role_role_check
  check (role in ('administrator', 'supervision', 'head', 'handler', 'reader'));

-- Every version of a type that was ever loaded: a running matter keeps the one it began with.
create table matter_type (
  type      text not null,
  version   integer not null,
  source    text not null,
  sha256    text not null,
  loaded_at timestamptz not null,
  primary key (type, version)
);

create table matter_number (
  type text not null,
  year integer not null,
  last integer not null,
  primary key (type, year)
);

create table campaign (
  id      bigint generated always as identity primary key,
  name    text not null unique,
  aim     text not null default '',
  lead    bigint references unit,
  starts  date,
  ends    date,
  closed_at timestamptz,
  version integer not null default 1,
  created_at timestamptz not null
);

-- Anything tracked from being given to being closed.
create table matter (
  id        bigint generated always as identity primary key,
  type      text not null,
  type_version integer not null,
  number    text not null unique,
  year      integer not null,
  title     text not null,
  what      text not null default '',
  state     text not null,
  ended     boolean not null default false,
  done      boolean not null default false,
  lead      bigint references unit,
  leader    bigint references person,
  checker   bigint references unit,
  giver     bigint references unit,
  due       date,
  first_due date,
  source    text not null default '',
  commitment bigint references commitment,
  parent    bigint references matter,
  merged_into bigint references matter,
  weight    numeric not null default 1 check (weight > 0),
  is_public boolean not null default false,
  fields    jsonb not null default '{}',
  joint     bigint[] not null default '{}',
  parties   bigint[] not null default '{}',   -- every unit that has a part in it: what row level security asks
  waits     text[] not null default '{}',     -- keys of those who have to do the next thing
  waits_since timestamptz,
  waits_until timestamptz,                    -- when the earliest clock that runs now runs out
  progress  numeric,                          -- confirmed, in per cent; null: unknown
  reported  numeric,
  reported_at timestamptz,
  unverified integer not null default 0,
  light     text not null default 'gray',
  light_word text not null default 'waiting',
  light_why jsonb not null default '{}',
  light_since timestamptz,
  level     text,                             -- the highest notice that is out
  bounced   integer not null default 0,
  extended  integer not null default 0,
  recurred  integer not null default 0,
  asked     jsonb,                            -- an extension that was asked for and not yet answered
  mover     bigint references account,        -- who made the last move
  created_by bigint references account,
  created_at timestamptz not null,
  given_at  timestamptz,
  closed_at timestamptz,
  changed_at timestamptz not null,
  version   integer not null default 1,
  words     text[] not null default '{}',
  foreign key (type, type_version) references matter_type (type, version),
  check (parent is null or parent <> id)
-- Lights turn by the calendar, many at once: no index holds them, and pages keep room, so that only the row is written.
) with (fillfactor = 80);
create index matter_list on matter (year desc, number desc, id)
  include (type, state, lead, due, ended, progress);
create index matter_open_due on matter (due, id) include (type, lead, state) where not ended;
create index matter_waits on matter using gin (waits) where not ended;
create index matter_parties on matter using gin (parties);
create index matter_words on matter using gin (words);
create index matter_lead on matter (lead, ended, due);
create index matter_parent on matter (parent) where parent is not null;
create index matter_commitment on matter (commitment) where commitment is not null;
create index matter_type_state on matter (type, state);
create index matter_changed on matter (changed_at);

create table campaign_matter (
  campaign bigint not null references campaign,
  matter   bigint not null references matter,
  primary key (campaign, matter)
);
create index campaign_matter_of on campaign_matter (matter);

-- What a matter was before: the row as it stood from one change to the next.
create table matter_was (
  like matter,
  valid_to timestamptz not null
);
create index matter_was_of on matter_was (id, changed_at);
create index matter_was_on on matter_was (changed_at, valid_to);

create function matter_keep() returns trigger language plpgsql as $$
begin
  insert into matter_was select old.*, new.changed_at;
  return new;
end $$;
-- A light that turns by the calendar alone leaves changed_at as it is: it can be computed for any day.
create trigger matter_keeps after update on matter
  for each row when (old.changed_at is distinct from new.changed_at) execute function matter_keep();

create table matter_unit (
  matter  bigint not null references matter,
  unit    bigint not null references unit,
  ordinal integer not null,
  share   numeric,
  task    text not null default '',
  agreed_at timestamptz,
  agreed_by bigint references account,
  primary key (matter, unit)
);

create table matter_clock (
  matter    bigint not null references matter,
  clock     text not null,
  counts    text not null,
  started   timestamptz not null,
  runs_out  timestamptz not null,
  paused_at timestamptz,
  left_over bigint not null default 0,
  stopped_at timestamptz,
  extended  integer not null default 0,
  primary key (matter, clock)
);

create table milestone (
  id       bigint generated always as identity primary key,
  matter   bigint not null references matter,
  ordinal  integer not null,
  name     text not null,
  follows  bigint references milestone,
  days     integer not null default 0,   -- length in days, from the end of what it follows
  weight   numeric not null default 1 check (weight > 0),
  baseline date not null,
  planned  date not null,
  reached  date
);
create index milestone_of on milestone (matter, ordinal);

create table matter_progress (
  id      bigint generated always as identity primary key,
  matter  bigint not null references matter,
  account bigint references account,
  unit    bigint references unit,
  at      timestamptz not null,
  words   text not null,
  percent numeric check (percent between 0 and 100),
  state   text not null check (state in ('reported', 'confirmed', 'returned')),
  finding text not null default '',
  decided_by bigint references account,
  decided_at timestamptz
);
create index matter_progress_of on matter_progress (matter, at desc);

-- Files in pieces of a megabyte: no file has to fit into memory.
create table stored_file (
  id       bigint generated always as identity primary key,
  matter   bigint not null references matter,
  progress bigint references matter_progress,
  move     text not null default '',
  name     text not null,
  media    text not null,
  bytes    bigint not null,
  sha256   text not null,
  account  bigint references account,
  at       timestamptz not null
);
create index stored_file_of on stored_file (matter, at desc);
create table stored_file_piece (
  file    bigint not null references stored_file,
  ordinal integer not null,
  content bytea not null,
  primary key (file, ordinal)
);

create table matter_notice (
  id      bigint generated always as identity primary key,
  matter  bigint not null references matter,
  level   text not null,
  cause   text not null,             -- what it was sent for; never twice for the same
  number  text,
  at      timestamptz not null,
  by_rule boolean not null,
  account bigint references account,
  words   text not null default '',
  why     jsonb not null default '{}',
  seen_at timestamptz,
  seen_by bigint references account,
  unique (matter, level, cause)
);
create table notice_number (
  level text not null,
  year  integer not null,
  last  integer not null,
  primary key (level, year)
);

-- What people are told, in the application and by mail.
create table message (
  id      bigint generated always as identity primary key,
  account bigint not null references account,
  matter  bigint references matter,
  kind    text not null,
  details jsonb not null default '{}',
  at      timestamptz not null,
  read_at timestamptz,
  mailed_at timestamptz
);
create index message_of on message (account, at desc);
create index message_unread on message (account) where read_at is null;
create index message_unmailed on message (at) where mailed_at is null;

create table follower (
  matter  bigint not null references matter,
  account bigint not null references account,
  primary key (account, matter)
);

-- Who may see what, again, in the database. The office sees all; others what a unit of theirs has a part in. The
-- server takes the role of the person who asks for the time of a statement.
do $$ begin
  create role luoshi_office nologin;
exception when duplicate_object or unique_violation then null; end $$;
do $$ begin
  create role luoshi_person nologin;
exception when duplicate_object or unique_violation then null; end $$;
do $$ begin
  execute format('grant luoshi_office, luoshi_person to %I', current_user);
end $$;
grant usage on schema public to luoshi_office, luoshi_person;
grant select, insert, update, delete on all tables in schema public to luoshi_office, luoshi_person;
grant usage on all sequences in schema public to luoshi_office, luoshi_person;
alter default privileges in schema public grant select, insert, update, delete on tables to luoshi_office, luoshi_person;
alter default privileges in schema public grant usage on sequences to luoshi_office, luoshi_person;

create function luoshi_units() returns bigint[] language sql stable as
  $$ select coalesce(nullif(current_setting('luoshi.units', true), ''), '{}')::bigint[] $$;

alter table matter enable row level security;
create policy office on matter to luoshi_office using (true);
create policy person on matter to luoshi_person using (parties && (select luoshi_units()));
alter table matter_was enable row level security;
create policy office on matter_was to luoshi_office using (true);
create policy person on matter_was to luoshi_person using (parties && (select luoshi_units()));
create policy person_keeps on matter_was for insert to luoshi_person with check (true);

do $$
declare part text;
begin
  foreach part in array array['matter_unit', 'matter_clock', 'milestone', 'matter_progress', 'stored_file',
                              'matter_notice', 'campaign_matter'] loop
    execute format('alter table %I enable row level security', part);
    execute format('create policy office on %I to luoshi_office using (true)', part);
    execute format('create policy person on %I to luoshi_person using (exists (select 1 from matter m where m.id = %I.matter))',
                   part, part);
  end loop;
end $$;
alter table stored_file_piece enable row level security;
create policy office on stored_file_piece to luoshi_office using (true);
create policy person on stored_file_piece to luoshi_person
  using (exists (select 1 from stored_file f where f.id = stored_file_piece.file));
