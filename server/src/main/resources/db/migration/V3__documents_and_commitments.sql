-- What was said. The text is kept as it was read; every offset into it counts UTF-16 units, as browsers and Java do.
create table document (
  id          bigint generated always as identity primary key,
  title       text not null,
  file_name   text not null,
  format      text,
  sha256      text not null,
  bytes       bigint not null,
  state       text not null check (state in ('waiting', 'reading', 'read', 'failed')),
  progress    integer not null default 0,
  refusal     text,                 -- key of the sentence that says why it could not be read
  refusal_details jsonb,
  notes       jsonb not null default '[]',
  text        text,
  outline     jsonb,
  segments    jsonb,
  figures     jsonb,
  task_year   integer,
  uploaded_by bigint not null references account,
  uploaded_at timestamptz not null,
  read_at     timestamptz,
  reader      text
);
create unique index document_once on document (sha256) where state <> 'failed';

create table document_file (
  document bigint primary key references document,
  content  bytea not null
);

-- What is promised: first the reader's proposal, then what the clerk made of it, in the end an entry of the register.
create table commitment (
  id          bigint generated always as identity primary key,
  document    bigint not null references document,
  span_start  integer not null,
  span_end    integer not null,
  sentence    text not null,
  what        text not null,
  verb        text not null default '',
  object      text not null default '',
  due         date,
  due_inferred boolean not null default false,
  due_words   text,
  due_rule    text,
  theme       text not null default '',
  subtheme    text not null default '',
  lead        bigint references unit,
  lead_reason text,                -- rule key: named in the text, by duty, by hand
  lead_words  text,
  leader      bigint references person,
  section     text not null default '',
  confidence  real not null,
  doubts      jsonb not null default '[]',
  state       text not null check (state in ('proposed', 'accepted', 'rejected', 'merged', 'registered')),
  merged_into bigint references commitment,
  same_as     bigint references commitment,
  proposed    jsonb,               -- the reader's proposal, untouched; null where a person added it
  year        integer,
  number      text unique,
  registered_at timestamptz,
  version     integer not null default 1,
  changed_by  bigint references account,
  changed_at  timestamptz not null,
  words       text[] not null default '{}'   -- pairs of neighbouring characters, for search
);
create index commitment_document on commitment (document, span_start);
create index commitment_words on commitment using gin (words);
create index commitment_register on commitment (year, number) where state = 'registered';
create index commitment_lead on commitment (lead) where state = 'registered';
create index commitment_due on commitment (due) where state = 'registered';

create table commitment_target (
  id         bigint generated always as identity primary key,
  commitment bigint not null references commitment on delete cascade,
  ordinal    integer not null,
  indicator  text not null,
  op         text not null check (op in ('>=', '<=', '=', '<', '>', 'range')),
  value      numeric,
  value2     numeric,
  unit       text,
  basis      text not null check (basis in ('level', 'growth', 'rank', 'share', 'change')),
  masked     boolean not null default false,
  stretch    boolean not null default false,
  span_start integer,
  span_end   integer
);
create index commitment_target_of on commitment_target (commitment);

create table commitment_joint (
  commitment bigint not null references commitment on delete cascade,
  unit       bigint not null references unit,
  ordinal    integer not null,
  primary key (commitment, unit)
);
create index commitment_joint_unit on commitment_joint (unit);

-- A total target split among units; the parts must add up to it, and a later change shows what no longer does.
create table target_split (
  target   bigint primary key references commitment_target on delete cascade,
  method   text not null check (method in ('hand', 'equal', 'last_year')),
  total    numeric not null,        -- the total that was split, kept to see when the target moves away from it
  digits   integer not null,
  split_by bigint not null references account,
  split_at timestamptz not null
);
create table target_share (
  target bigint not null references target_split on delete cascade,
  unit   bigint not null references unit,
  value  numeric not null,
  primary key (target, unit)
);

create table saved_view (
  id      bigint generated always as identity primary key,
  slug    text not null unique,
  account bigint not null references account,
  name    text not null,
  query   text not null,
  shared  boolean not null default false
);

create table presence (
  document   bigint not null references document,
  account    bigint not null references account,
  commitment bigint,
  seen_at    timestamptz not null,
  primary key (document, account)
);
