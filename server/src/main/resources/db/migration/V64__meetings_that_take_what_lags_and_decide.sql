-- Meetings (调度会): what lags comes to the table, what is decided becomes a matter.
create table meeting (
  id         bigint generated always as identity primary key,
  title      text not null,
  series     text not null default '',      -- meetings of one series follow each other: 月调度会
  day        date not null,
  hour       text not null default '',      -- 09:00, empty: not yet set
  place      text not null default '',
  chair      text not null default '',
  units      bigint[] not null default '{}', -- who attends: what row level security asks
  state      text not null check (state in ('planned', 'open', 'closed')),
  opened_at  timestamptz,
  closed_at  timestamptz,
  version    integer not null default 1,
  changed_by text not null default '',
  created_by bigint references account,
  created_at timestamptz not null
);
create index meeting_series on meeting (series, day);
create index meeting_day on meeting (day);

create table agenda_item (
  id         bigint generated always as identity primary key,
  meeting    bigint not null references meeting,
  part       text not null check (part in ('decided', 'lags', 'other')),
  ordinal    integer not null,
  matter     bigint references matter,
  decided_at bigint references meeting,     -- the meeting whose decision it is
  title      text not null default '',      -- of an item without a matter
  by_hand    boolean not null default false, -- picked by hand: a new proposal leaves it alone
  dropped    boolean not null default false, -- dropped by hand: a new proposal does not bring it back
  stood      jsonb,                          -- the matter as it stood when the meeting was opened
  discussion text not null default '',
  noted_by   text not null default '',
  version    integer not null default 1,
  unique (meeting, matter)
);
create index agenda_item_of on agenda_item (meeting, ordinal);
create index agenda_item_matter on agenda_item (matter) where matter is not null;

-- What was decided, in the words of the day; the matter goes its own way.
create table meeting_decision (
  id      bigint generated always as identity primary key,
  meeting bigint not null references meeting,
  item    bigint not null references agenda_item,
  matter  bigint not null unique references matter,
  title   text not null,
  lead    bigint not null references unit,
  joint   bigint[] not null default '{}',
  due     date not null,
  at      timestamptz not null
);
create index meeting_decision_of on meeting_decision (meeting, id);

-- Who attends reads the meeting; of items and decisions, what he may see the matter of, and those without one.
alter table meeting enable row level security;
create policy office on meeting to luoshi_office using (true);
create policy person on meeting for select to luoshi_person using (units && (select luoshi_units()));
alter table agenda_item enable row level security;
create policy office on agenda_item to luoshi_office using (true);
create policy person on agenda_item for select to luoshi_person using (
  exists (select 1 from meeting g where g.id = agenda_item.meeting)
  and (agenda_item.matter is null or exists (select 1 from matter m where m.id = agenda_item.matter)));
alter table meeting_decision enable row level security;
create policy office on meeting_decision to luoshi_office using (true);
create policy person on meeting_decision for select to luoshi_person using (
  exists (select 1 from meeting g where g.id = meeting_decision.meeting)
  and exists (select 1 from matter m where m.id = meeting_decision.matter));
