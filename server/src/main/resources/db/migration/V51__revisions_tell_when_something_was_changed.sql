-- Pages keep what rarely changes in memory: the names of units, who may do what, the order of long lists. A revision
-- counts the transactions that changed such a thing, and grows in the transaction that makes the change; so whoever
-- kept something under a revision knows with one short question whether it still holds, on any number of servers.
--
-- A count is spread over stripes and a writer takes one that nobody holds, so that two writers never wait for each other.
create table revision (
  thing  text    not null,
  stripe integer not null,
  n      bigint  not null default 0,
  primary key (thing, stripe)
) with (fillfactor = 30);
insert into revision (thing, stripe)
  select thing, stripe from unnest(array['people', 'register', 'views']) as thing, generate_series(0, 15) as stripe;

-- Once in a transaction is enough.
create function revise(what text) returns void language plpgsql as $$
declare
  mark text := 'luoshi.revised_' || what;
begin
  if current_setting(mark, true) = txid_current()::text then
    return;
  end if;
  update revision set n = n + 1 where thing = what and stripe = (
    select r.stripe from revision r where r.thing = what order by r.stripe limit 1 for update skip locked);
  if not found then
    update revision set n = n + 1 where thing = what and stripe = 0;
  end if;
  perform set_config(mark, txid_current()::text, true);
end $$;

create function revise_thing() returns trigger language plpgsql as
$$ begin perform revise(tg_argv[0]); return null; end $$;

-- Units with their names and tree, persons, accounts with their rights and wishes, and the place.
create trigger unit_revised after insert or update or delete or truncate on unit
  for each statement execute function revise_thing('people');
create trigger unit_name_revised after insert or update or delete or truncate on unit_name
  for each statement execute function revise_thing('people');
create trigger person_revised after insert or update or delete or truncate on person
  for each statement execute function revise_thing('people');
create trigger account_role_revised after insert or update or delete or truncate on account_role
  for each statement execute function revise_thing('people');
create trigger setting_revised after insert or update or delete or truncate on setting
  for each statement execute function revise_thing('people');
-- Not by a log-in, which only counts failures.
create trigger account_revised after insert or delete or truncate
  or update of login, person, unit, active, language, theme, density on account
  for each statement execute function revise_thing('people');

create trigger saved_view_revised after insert or update or delete or truncate on saved_view
  for each statement execute function revise_thing('views');

-- Entries of the register; what is still under review does not count.
create trigger commitment_entered after insert on commitment
  for each row when (new.state = 'registered') execute function revise_thing('register');
create trigger commitment_revised after update on commitment
  for each row when (new.state = 'registered' or old.state = 'registered') execute function revise_thing('register');
create trigger commitment_removed after delete on commitment
  for each row when (old.state = 'registered') execute function revise_thing('register');
create trigger commitment_emptied after truncate on commitment
  for each statement execute function revise_thing('register');

create trigger document_named after update of title on document
  for each statement execute function revise_thing('register');

create function revise_register_of() returns trigger language plpgsql as $$
declare
  entry bigint := case when tg_op = 'DELETE' then old.commitment else new.commitment end;
begin
  if exists (select 1 from commitment c where c.id = entry and c.state = 'registered') then
    perform revise('register');
  end if;
  return null;
end $$;
create trigger commitment_joint_revised after insert or update or delete on commitment_joint
  for each row execute function revise_register_of();
create trigger commitment_target_revised after insert or update or delete on commitment_target
  for each row execute function revise_register_of();
create trigger target_split_revised after insert or update or delete or truncate on target_split
  for each statement execute function revise_thing('register');
create trigger target_share_revised after insert or update or delete or truncate on target_share
  for each statement execute function revise_thing('register');
