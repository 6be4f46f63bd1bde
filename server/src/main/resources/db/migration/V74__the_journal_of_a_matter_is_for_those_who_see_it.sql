-- The entries of a matter hold its notes and reasons; who may not see the matter may not see them either. Anybody may add
-- to the journal what he did: whoever hands a matter on no longer sees it when the entry is written.
alter table journal enable row level security;
create policy office on journal to luoshi_office using (true) with check (true);
create policy person on journal for select to luoshi_person using (
  case when stream like 'matter:%' then exists (select 1 from matter m where m.id = substr(stream, 8)::bigint) else true end);
create policy person_adds on journal for insert to luoshi_person with check (true);
