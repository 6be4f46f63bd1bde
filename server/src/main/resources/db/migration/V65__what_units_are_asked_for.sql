-- What units are asked for: data and reports, where an answer already stood, and visits by inspectors.

-- A request for data (报送要求).
create table data_request (
  id       bigint generated always as identity primary key,
  asker    bigint not null references unit,
  title    text not null,
  basis    text not null,
  repeats  text not null check (repeats in ('once', 'monthly', 'quarterly')),
  signed   boolean not null default false,   -- the head of a unit signs what leaves it
  shared   boolean not null default true,    -- who asks for the same is shown the answers instead of asking again
  state    text not null check (state in ('sent', 'withdrawn')),
  reason   text not null default '',         -- why it repeats what stands, or why it was withdrawn
  parties  bigint[] not null,                -- who asks and who is asked: what row level security goes by
  version  integer not null default 1,
  created_by bigint not null references account,
  created_at timestamptz not null
);
create index data_request_parties on data_request using gin (parties);

-- The name without spaces, signs and case: two fields of the same plain name are the same field.
create table data_request_field (
  id      bigint generated always as identity primary key,
  request bigint not null references data_request,
  ordinal integer not null,
  name    text not null,
  plain   text not null,
  kind    text not null check (kind in ('number', 'text', 'date', 'file')),
  measure text not null default '',
  period  text,                              -- null: the period of the round
  minutes integer not null check (minutes > 0),
  unique (request, ordinal)
);
create index data_request_field_plain on data_request_field (plain);

-- A request that repeats has a round for each period.
create table data_round (
  id      bigint generated always as identity primary key,
  request bigint not null references data_request,
  period  text not null,
  asked_on date not null,
  due     date not null,
  unique (request, period)
);
create index data_round_asked on data_round (asked_on);

create table data_answer (
  id      bigint generated always as identity primary key,
  request bigint not null references data_request,
  round   bigint not null references data_round,
  unit    bigint not null references unit,
  asker   bigint not null references unit,
  state   text not null check (state in ('open', 'draft', 'signing', 'sent')),
  reason  text not null default '',          -- why it came back
  version integer not null default 1,
  changed_by bigint references account,
  changed_at timestamptz not null,
  sent_at timestamptz,
  signed_by bigint references account,
  unique (round, unit)
);
create index data_answer_request on data_answer (request, unit);
create index data_answer_unit on data_answer (unit, state);
create index data_answer_asker on data_answer (asker, state);

create table data_file (
  id      bigint generated always as identity primary key,
  answer  bigint not null references data_answer,
  name    text not null,
  bytes   bigint not null,
  sha256  text not null,
  content bytea not null,
  account bigint not null references account,
  at      timestamptz not null
);
create table data_value (
  answer  bigint not null references data_answer,
  field   bigint not null references data_request_field,
  value   text not null default '',
  absent  text not null default '',          -- why the unit cannot say it
  file    bigint references data_file,
  primary key (answer, field)
);

-- A field that was asked for and stands already: where, and what became of it.
create table data_refusal (
  id      bigint generated always as identity primary key,
  at      timestamptz not null,
  account bigint not null references account,
  asker   bigint not null references unit,
  request_key text not null,                 -- the attempt, as its sender named it
  title   text not null,
  name    text not null,
  period  text not null,
  units   bigint[] not null,                 -- for which it stands
  place   text not null check (place in ('request', 'register', 'matter')),
  place_id    bigint not null,               -- the request, the entry or the matter
  place_field bigint references data_request_field,
  place_unit  bigint references unit,        -- who asked there, who leads it
  place_title text not null,
  outcome text not null check (outcome in ('refused', 'rest', 'overruled')),
  reason  text not null default '',
  request bigint references data_request,    -- what was sent all the same
  unique (account, request_key, name, period, place, place_id)
);
create index data_refusal_at on data_refusal (at);

-- What a request does not ask of a unit, because it stands elsewhere.
create table data_known (
  round   bigint not null references data_round,
  field   bigint not null references data_request_field,
  unit    bigint not null references unit,
  asker   bigint not null references unit,
  refusal bigint not null references data_refusal,
  place_answer bigint,
  primary key (round, field, unit)
);

-- The plan of inspections (督查检查考核计划).
create table inspection (
  id       bigint generated always as identity primary key,
  title    text not null,
  organiser bigint not null references unit,
  others   bigint[] not null default '{}',   -- organisers that joined
  units    bigint[] not null,
  parties  bigint[] not null,
  from_day date not null,
  to_day   date not null check (to_day >= from_day),
  basis    text not null,
  kind     text not null check (kind in ('supervision', 'inspection', 'assessment', 'survey')),
  people   integer not null check (people > 0),
  state    text not null check (state in ('proposed', 'approved', 'rejected', 'cancelled', 'joined')),
  joined_into bigint references inspection,  -- wanted while proposed, done when joined
  despite  text not null default '',         -- why it was proposed although it clashes
  reason   text not null default '',
  version  integer not null default 1,
  created_by bigint not null references account,
  created_at timestamptz not null,
  decided_by bigint references account
);
create index inspection_days on inspection (from_day, to_day);
create index inspection_units on inspection using gin (units);

-- Who asks sees his own, who is asked sees his; the office sees all.
alter table data_request enable row level security;
create policy office on data_request to luoshi_office using (true);
create policy person on data_request to luoshi_person using (parties && (select luoshi_units()));
do $$
declare part text;
begin
  foreach part in array array['data_request_field', 'data_round'] loop
    execute format('alter table %I enable row level security', part);
    execute format('create policy office on %I to luoshi_office using (true)', part);
    execute format('create policy person on %I to luoshi_person using (exists (select 1 from data_request r where r.id = %I.request))',
                   part, part);
  end loop;
  foreach part in array array['data_file', 'data_value'] loop
    execute format('alter table %I enable row level security', part);
    execute format('create policy office on %I to luoshi_office using (true)', part);
    -- Until the answer leaves its unit, nobody else reads what is in it.
    execute format('create policy person on %I to luoshi_person using (exists (select 1 from data_answer a where a.id = %I.answer
                      and (a.state = ''sent'' or a.unit = any((select luoshi_units())::bigint[]))))',
                   part, part);
  end loop;
end $$;
alter table data_answer enable row level security;
create policy office on data_answer to luoshi_office using (true);
create policy person on data_answer to luoshi_person
  using (unit = any((select luoshi_units())::bigint[]) or asker = any((select luoshi_units())::bigint[]));
alter table data_refusal enable row level security;
create policy office on data_refusal to luoshi_office using (true);
create policy person on data_refusal to luoshi_person
  using (asker = any((select luoshi_units())::bigint[]) or units && (select luoshi_units()));
alter table data_known enable row level security;
create policy office on data_known to luoshi_office using (true);
create policy person on data_known to luoshi_person
  using (unit = any((select luoshi_units())::bigint[]) or asker = any((select luoshi_units())::bigint[]));
alter table inspection enable row level security;
create policy office on inspection to luoshi_office using (true);
create policy person on inspection to luoshi_person using (parties && (select luoshi_units()));

-- Whoever asks must be told that the answer stands with somebody else. These functions run as the owner and say only
-- that: which fields a unit was asked for and by whom, never a value.
-- Whoever sends holds a turn meanwhile: they count by field and period, not by unit, and only the periods that matter.
create function standing_fields(asked bigint[], periods text[]) returns table (
    field bigint, name text, plain text, kind text, measure text, period text,
    request bigint, title text, asker bigint, units bigint[], answered boolean)
  language sql stable security definer set search_path = public as $$
    select f.id, f.name, f.plain, f.kind, f.measure, coalesce(f.period, d.period),
           r.id, r.title, r.asker, array_agg(a.unit order by a.unit), bool_and(a.state = 'sent')
    from data_answer a
      join data_request r on r.id = a.request and r.state = 'sent'
      join data_round d on d.id = a.round
      join data_request_field f on f.request = r.id
    where a.unit = any(asked) and coalesce(f.period, d.period) = any(periods)
      and not exists (select 1 from data_known k where k.round = a.round and k.field = f.id and k.unit = a.unit)
    group by f.id, r.id, coalesce(f.period, d.period)
  $$;

-- Which answers those are.
create function standing_answers(wanted bigint, about text, asked bigint[]) returns table (answer bigint, unit bigint)
  language sql stable security definer set search_path = public as $$
    select a.id, a.unit
    from data_request_field f
      join data_request r on r.id = f.request and r.state = 'sent'
      join data_answer a on a.request = r.id and a.unit = any(asked)
      join data_round d on d.id = a.round
    where f.id = wanted and coalesce(f.period, d.period) = about
      and not exists (select 1 from data_known k where k.round = a.round and k.field = f.id and k.unit = a.unit)
  $$;

create function standing_matters(wanted bigint[], first integer, last integer) returns table (
    matter bigint, number text, title text, lead bigint, year integer, ended boolean)
  language sql stable security definer set search_path = public as $$
    select m.id, m.number, m.title, m.lead, m.year, m.ended from matter m
    where m.lead = any(wanted) and m.given_at is not null and m.year <= last and (not m.ended or m.year >= first)
  $$;

-- A value that stands with somebody else, for whoever was refused because of it and where its holder shares it.
create function shared_value(wanted_answer bigint, wanted_field bigint) returns table (value text, absent text, sent_at timestamptz)
  language sql stable security definer set search_path = public as $$
    select v.value, v.absent, a.sent_at
    from data_answer a join data_request r on r.id = a.request join data_value v on v.answer = a.id
    where a.id = wanted_answer and v.field = wanted_field and a.state = 'sent' and r.shared and r.state = 'sent'
      and exists (select 1 from data_refusal x
                  where x.place_field = v.field and a.unit = any(x.units) and x.asker = any(luoshi_units()))
  $$;

-- Who took fields of a request over instead of asking again; it cannot be withdrawn under them.
create function relying_on(wanted bigint) returns table (asker bigint, title text)
  language sql stable security definer set search_path = public as $$
    select distinct r.asker, r.title from data_known k
      join data_refusal x on x.id = k.refusal and x.place = 'request' and x.place_id = wanted
      join data_request r on r.id = x.request and r.state = 'sent'
  $$;

-- Visits to some units, for whoever plans another: who comes when.
create function planned_visits(asked bigint[], first date, last date) returns table (
    id bigint, title text, organiser bigint, from_day date, to_day date, units bigint[], state text)
  language sql stable security definer set search_path = public as $$
    select i.id, i.title, i.organiser, i.from_day, i.to_day,
           array(select u from unnest(i.units) u where u = any(asked)), i.state
    from inspection i
    where i.units && asked and i.state in ('proposed', 'approved') and i.from_day <= last and i.to_day >= first
  $$;
revoke execute on function standing_fields, standing_answers, standing_matters, shared_value, relying_on, planned_visits from public;
grant execute on function standing_fields, standing_answers, standing_matters, shared_value, relying_on, planned_visits to luoshi_office, luoshi_person;

-- The sums of what was asked are kept in memory until something is asked, taken back or found elsewhere. What an answer
-- says or how far it is does not count.
insert into revision (thing, stripe) select 'requests', stripe from generate_series(0, 15) as stripe;
create trigger data_request_revised after insert or update or delete or truncate on data_request
  for each statement execute function revise_thing('requests');
create trigger data_request_field_revised after insert or update or delete or truncate on data_request_field
  for each statement execute function revise_thing('requests');
create trigger data_round_revised after insert or update or delete or truncate on data_round
  for each statement execute function revise_thing('requests');
create trigger data_known_revised after insert or update or delete or truncate on data_known
  for each statement execute function revise_thing('requests');
create trigger data_answer_revised after insert or delete or truncate on data_answer
  for each statement execute function revise_thing('requests');
create trigger matter_notice_revised after insert or update or delete or truncate on matter_notice
  for each statement execute function revise_thing('requests');
