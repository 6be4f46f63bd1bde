-- Lists of matters are kept in memory until one changes.
insert into revision (thing, stripe) select 'matters', stripe from generate_series(0, 15) as stripe;
create trigger matter_revised after insert or update or delete or truncate on matter
  for each statement execute function revise_thing('matters');
create trigger campaign_matter_revised after insert or update or delete or truncate on campaign_matter
  for each statement execute function revise_thing('matters');
