-- A light that the calendar turns comes by the thousand, and a trigger that looks at whole tables of old and new rows copies
-- each of them twice. What somebody changes comes row by row: it is counted there. The watch counts what it turned itself.
drop trigger matter_changed on matter;
create function revise_units_of_row() returns trigger language plpgsql as $$
begin
  perform revise_unit(u) from (
    select u from (select unnest(new.parties) as u union select unnest(old.parties)) x order by 1) y;
  return null;
end $$;
create trigger matter_changed after update on matter
  for each row when (old.changed_at is distinct from new.changed_at) execute function revise_units_of_row();

-- A whole says what its parts make, also to whoever may not see them; that there are any is no secret to who sees the whole.
create function has_parts(which bigint) returns boolean
  language sql stable security definer set search_path = public, pg_temp as
  $$ select exists (select 1 from matter where parent = which) $$;
revoke execute on function has_parts(bigint) from public;
grant execute on function has_parts(bigint) to luoshi_office, luoshi_person;
