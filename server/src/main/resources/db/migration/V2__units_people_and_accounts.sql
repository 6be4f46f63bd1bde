-- Who answers: a dated tree of units. A name is valid over a period, so that an old record keeps the name of its day.
create table unit (
  id      bigint generated always as identity primary key,
  key     text not null unique,
  kind    text not null,
  parent  bigint references unit,
  ordinal integer not null default 0,
  founded date not null,
  closed  date,
  merged_into bigint references unit,
  check (closed is null or closed > founded)
);
create index unit_parent on unit (parent);

-- The duties that a unit answers for, by their keys in the duties file.
create table unit_duty (
  unit bigint not null references unit,
  duty text   not null,
  primary key (duty, unit)
);

create table unit_name (
  unit       bigint not null references unit,
  name       text not null,
  short_name text not null,
  valid_from date not null,
  valid_to   date,
  primary key (unit, valid_from),
  check (valid_to is null or valid_to > valid_from)
);

create table person (
  id   bigint generated always as identity primary key,
  key  text not null unique,
  name text not null
);

create table post (
  id      bigint generated always as identity primary key,
  person  bigint not null references person,
  unit    bigint not null references unit,
  title   text not null,
  held_from date not null,
  held_to   date
);
create index post_unit on post (unit);

-- The leader who is in charge of a unit's field of work over a period.
create table leader_of_unit (
  person  bigint not null references person,
  unit    bigint not null references unit,
  held_from date not null,
  held_to   date,
  primary key (unit, held_from)
);

create table account (
  id        bigint generated always as identity primary key,
  login     text not null unique check (login = lower(login)),
  person    bigint not null references person,
  unit      bigint not null references unit,
  password  text not null,
  active    boolean not null default true,
  must_change boolean not null default false,
  failures  integer not null default 0,
  locked_until timestamptz,
  language  text,
  theme     text,
  density   text
);

create table account_role (
  account bigint not null references account,
  role    text not null check (role in ('administrator', 'supervision', 'handler', 'reader')),
  primary key (account, role)
);

-- Spring Session's tables: a session outlives the process that opened it.
create table spring_session (
  primary_id char(36) not null primary key,
  session_id char(36) not null,
  creation_time bigint not null,
  last_access_time bigint not null,
  max_inactive_interval int not null,
  expiry_time bigint not null,
  principal_name varchar(100)
);
create unique index spring_session_ix1 on spring_session (session_id);
create index spring_session_ix2 on spring_session (expiry_time);
create index spring_session_ix3 on spring_session (principal_name);
create table spring_session_attributes (
  session_primary_id char(36) not null references spring_session on delete cascade,
  attribute_name varchar(200) not null,
  attribute_bytes bytea not null,
  primary key (session_primary_id, attribute_name)
);

-- db-scheduler's table: a job is picked by one process and survives its end.
create table scheduled_tasks (
  task_name text not null,
  task_instance text not null,
  task_data bytea,
  execution_time timestamptz not null,
  picked boolean not null,
  picked_by text,
  last_success timestamptz,
  last_failure timestamptz,
  consecutive_failures int,
  last_heartbeat timestamptz,
  version bigint not null,
  priority smallint,
  primary key (task_name, task_instance)
);
create index scheduled_tasks_execution on scheduled_tasks (execution_time);
create index scheduled_tasks_heartbeat on scheduled_tasks (last_heartbeat);

-- Facts about this installation: the place it serves, the packs it has loaded.
create table setting (
  name  text primary key,
  value jsonb not null
);

create table calendar_day (
  day     date primary key,
  working boolean not null,
  name    text not null
);
