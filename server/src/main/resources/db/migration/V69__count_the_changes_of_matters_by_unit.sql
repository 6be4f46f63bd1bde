-- A change of a matter concerns only those who may see it: what others keep of their lists still holds. Counted by the
-- units that have a part in it, before and after, once in a transaction, over stripes as in the other counts. Unit 0
-- stands for all of them.
create table unit_revision (
  unit   bigint  not null,
  stripe integer not null,
  n      bigint  not null default 0,
  primary key (unit, stripe)
) with (fillfactor = 30);
insert into unit_revision (unit, stripe)
  select unit, stripe from (select id from unit union select 0) as known (unit), generate_series(0, 7) as stripe;

create function count_new_unit() returns trigger language plpgsql security definer set search_path = public as $$
begin
  insert into unit_revision (unit, stripe) select new.id, stripe from generate_series(0, 7) as stripe;
  return null;
end $$;
create trigger unit_counted after insert on unit for each row execute function count_new_unit();

create function revise_unit(which bigint) returns void language plpgsql as $$
declare
  mark text := 'luoshi.revised_unit_' || which;
begin
  if current_setting(mark, true) = txid_current()::text then
    return;
  end if;
  update unit_revision set n = n + 1 where unit = which and stripe = (
    select r.stripe from unit_revision r where r.unit = which order by r.stripe limit 1 for update skip locked);
  if not found then
    update unit_revision set n = n + 1 where unit = which and stripe = 0;
  end if;
  perform set_config(mark, txid_current()::text, true);
end $$;

-- In the order of the units, so that two writers do not wait for each other crosswise. What changes hundreds at once
-- concerns everybody: one count is cheaper than one for each unit.
create function revise_units() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    if exists (select from made offset 200) then
      perform revise_unit(0);
      return null;
    end if;
    perform revise_unit(u) from (select distinct unnest(parties) as u from made order by 1) x;
  elsif tg_op = 'UPDATE' then
    if exists (select from made offset 200) then
      perform revise_unit(0);
      return null;
    end if;
    perform revise_unit(u) from (
      select u from (select unnest(parties) as u from made union select unnest(parties) from was) y order by 1) x;
  elsif tg_op = 'DELETE' then
    if exists (select from was offset 200) then
      perform revise_unit(0);
      return null;
    end if;
    perform revise_unit(u) from (select distinct unnest(parties) as u from was order by 1) x;
  else
    perform revise_unit(0);
  end if;
  return null;
end $$;
create trigger matter_made after insert on matter referencing new table as made
  for each statement execute function revise_units();
create trigger matter_changed after update on matter referencing new table as made old table as was
  for each statement execute function revise_units();
create trigger matter_gone after delete on matter referencing old table as was
  for each statement execute function revise_units();
create trigger matter_emptied after truncate on matter
  for each statement execute function revise_units();

-- What is gathered on the page of a campaign changes rarely.
create function revise_all_units() returns trigger language plpgsql as $$
begin
  perform revise_unit(0);
  return null;
end $$;
create trigger campaign_matter_counted after insert or update or delete or truncate on campaign_matter
  for each statement execute function revise_all_units();
