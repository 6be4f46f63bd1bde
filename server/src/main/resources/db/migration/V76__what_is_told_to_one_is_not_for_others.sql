-- The account of whoever asks, beside his units; none for the house itself.
create function luoshi_account() returns bigint language sql stable as
  $$ select nullif(current_setting('luoshi.account', true), '')::bigint $$;

-- What an account was told is its own, in the office as well; anybody may tell anybody. Letters are the work of the house.
alter table message enable row level security;
create policy own on message for select to luoshi_office, luoshi_person using (account = (select luoshi_account()));
create policy own_is_read on message for update to luoshi_office, luoshi_person
  using (account = (select luoshi_account()));
create policy told on message for insert to luoshi_office, luoshi_person with check (true);

-- Who follows a matter is his own affair; the office hands that over with a post. Who changes a matter tells those who
-- follow it without seeing who they are elsewhere.
alter table follower enable row level security;
create policy office on follower to luoshi_office using (true);
create policy own on follower to luoshi_person using (account = (select luoshi_account()))
  with check (account = (select luoshi_account()) and exists (select 1 from matter m where m.id = follower.matter));
create function followers_of(which bigint) returns setof bigint
  language sql stable security definer set search_path = public, pg_temp rows 5 as
  $$ select account from follower where matter = which $$;
revoke execute on function followers_of(bigint) from public;
grant execute on function followers_of(bigint) to luoshi_office, luoshi_person;

alter table hand_over enable row level security;
create policy office on hand_over to luoshi_office using (true);
create policy person on hand_over for select to luoshi_person
  using (unit = any ((select luoshi_units())::bigint[]));

-- Nobody changes or takes away what was: not even where a statement of the server went wrong.
revoke update, delete on journal, journal_request, matter_was, meeting_decision, stored_file_piece
  from luoshi_office, luoshi_person;
revoke delete on journal_head, matter, matter_clock, matter_progress, matter_notice, stored_file, message, account,
  meeting, campaign, hand_over, unit, unit_name, unit_duty, person, post, leader_of_unit
  from luoshi_office, luoshi_person;
revoke update, delete on matter_type from luoshi_office, luoshi_person;
revoke insert, update, delete on setting, flyway_schema_history from luoshi_office, luoshi_person;

-- Units, people, posts, rights and the calendar are written by the office; a person writes of his own account what he sets
-- himself and what logging in counts.
revoke insert, update, delete on unit, unit_name, unit_duty, person, post, leader_of_unit, hand_over, account, account_role,
  calendar_year, calendar_day from luoshi_person;
grant update (password, must_change, failures, locked_until, language, theme, density) on account to luoshi_person;
