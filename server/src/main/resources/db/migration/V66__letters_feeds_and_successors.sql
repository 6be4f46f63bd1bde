-- Where and how a person wants to be told outside the pages.
create table mail_wish (
  account    bigint primary key references account,
  address    text not null,
  what       text not null check (what in ('at-once', 'daily', 'none')),
  language   text not null check (language in ('zh', 'en')),
  since      timestamptz not null,        -- what was told before is not mailed
  confirmed_at timestamptz,               -- when the person typed the code that was sent to the address
  code       text,                        -- sha-256 of that code
  code_until timestamptz,
  code_tries integer not null default 0,
  daily_on   date,                        -- the last morning on which a letter was made, or found not needed
  refused_at timestamptz,                 -- the address was refused for good
  refused_why text
);

-- The queue of letters. A letter is made into words at the moment of sending, with the rights of that moment.
create table mail_letter (
  id      bigint generated always as identity primary key,
  account bigint not null references account,
  kind    text not null check (kind in ('messages', 'daily', 'code', 'test')),
  address text,                           -- null: the account's own
  state   text not null default 'waiting' check (state in ('waiting', 'sent', 'failed', 'dropped')),
  tries   integer not null default 0,
  next_try timestamptz not null,
  problem text,
  made_at timestamptz not null,
  done_at timestamptz
);
create index mail_letter_waiting on mail_letter (next_try, id) where state = 'waiting';
create index mail_letter_of on mail_letter (account, id desc);

-- Which letter tells a message. Messages of one account are found by message_of; the index of all that were never
-- mailed would hold nearly every message for ever.
alter table message add column letter bigint references mail_letter;
drop index message_unmailed;
create index message_letter on message (letter) where letter is not null;

-- A calendar that programs fetch without a log-in: whoever holds the secret reads it, so only its hash is kept.
create table feed (
  account bigint primary key references account,
  secret  text not null unique,           -- sha-256
  made_at timestamptz not null,
  used_at timestamptz
);

-- Posts that changed hands.
create table hand_over (
  id      bigint generated always as identity primary key,
  unit    bigint not null references unit,
  post    text not null check (post in ('leader', 'head', 'handler')),
  from_person bigint not null references person,
  to_person   bigint not null references person,
  day     date not null,
  leaves  boolean not null,               -- whether the predecessor leaves the house altogether
  account bigint references account,      -- who wrote it down
  noted_at timestamptz not null,
  done_at timestamptz,
  matters integer not null default 0,
  check (from_person <> to_person)
);
create index hand_over_unit on hand_over (unit, day desc);
create index hand_over_open on hand_over (day) where done_at is null;
create index matter_leader_open on matter (leader) where not ended and leader is not null;
