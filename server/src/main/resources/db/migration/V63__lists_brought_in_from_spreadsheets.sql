-- A sheet on its way to become matters: what stood in it, how its columns were read, what became of each row.
create table sheet_import (
  id        bigint generated always as identity primary key,
  type      text not null,
  file_name text not null,
  sha256    text not null,
  tables    text[] not null,
  chosen    integer not null default 0,          -- which of the tables
  head      integer not null,                    -- the sheet's row that holds the headings
  matching  jsonb not null,
  state     text not null default 'draft' check (state in ('draft', 'running', 'done', 'dropped', 'undoing', 'undone')),
  whole     boolean not null default true,       -- all rows or none
  progress  integer not null default 0,
  total     integer not null default 0,
  failure   jsonb,
  made      integer,
  known     integer,
  left_out  integer,
  undone    integer,                              -- matters that were taken back
  undoer    bigint references account,
  reason    text,                                 -- why they were
  account   bigint not null references account,
  at        timestamptz not null,
  done_at   timestamptz,
  version   integer not null default 1
);

create table sheet_row (
  import  bigint not null references sheet_import on delete cascade,
  place   integer not null,                      -- which of the tables
  row     integer not null,
  cells   jsonb not null,
  outcome text check (outcome in ('made', 'known', 'left-out', 'blank', 'undone')),
  matter  bigint references matter,
  version integer,                               -- of the matter, as it was made
  primary key (import, place, row)
);
create index sheet_row_of on sheet_row (matter) where matter is not null;

-- By what a row is known again when its list comes a second time: its number in the list with its title, or without a
-- number what the type's rule compares. Numbers alone begin anew with each list.
create table sheet_identity (
  type   text not null,
  key    text not null,
  words  text not null,
  matter bigint not null references matter,
  primary key (type, key, words)
);

-- What stands in a list before it is handed out is the office's.
alter table sheet_import enable row level security;
create policy office on sheet_import to luoshi_office using (true);
alter table sheet_row enable row level security;
create policy office on sheet_row to luoshi_office using (true);
alter table sheet_identity enable row level security;
create policy office on sheet_identity to luoshi_office using (true);
