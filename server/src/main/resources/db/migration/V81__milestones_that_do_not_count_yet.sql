-- A milestone that is added to a plan once that was agreed on tells what should be done only after the next baseline.
alter table milestone add column counts boolean not null default true;
alter table milestone_history add column counts boolean not null default true;
create or replace function milestone_remember() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'DELETE' then
    insert into milestone_history (at, gone, matter, id, ordinal, name, follows, days, weight, baseline, planned, reached, shifted, paused, counts)
      select luoshi_at(), true, matter, id, ordinal, name, follows, days, weight, baseline, planned, reached, shifted, paused, counts from was;
  elsif tg_op = 'UPDATE' then
    insert into milestone_history (at, gone, matter, id, ordinal, name, follows, days, weight, baseline, planned, reached, shifted, paused, counts)
      select luoshi_at(), false, matter, id, ordinal, name, follows, days, weight, baseline, planned, reached, shifted, paused, counts
      from (select * from made except select * from was) m;
  else
    insert into milestone_history (at, gone, matter, id, ordinal, name, follows, days, weight, baseline, planned, reached, shifted, paused, counts)
      select luoshi_at(), false, matter, id, ordinal, name, follows, days, weight, baseline, planned, reached, shifted, paused, counts from made;
  end if;
  return null;
end $$;
