-- What was noted in a meeting, asked for in a request or brought in by an import is no more for everybody than they are
-- themselves. The journal of units, accounts and the register stays open.
drop policy person on journal;
create policy person on journal for select to luoshi_person using (
  case when stream like 'matter:%' then exists (select 1 from matter m where m.id = substr(stream, 8)::bigint)
       when stream like 'meeting:%' then exists (select 1 from meeting g where g.id = substr(stream, 9)::bigint)
       when stream like 'request:%' then exists (select 1 from data_request r where r.id = substr(stream, 9)::bigint)
       when stream like 'import:%' then exists (select 1 from sheet_import i where i.id = substr(stream, 8)::bigint)
       else true end);
