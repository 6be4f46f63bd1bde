-- Who holds a post and who leads a unit is asked for on every page of a matter and kept until it changes.
create trigger post_revised after insert or update or delete or truncate on post
  for each statement execute function revise_thing('people');
create trigger leader_of_unit_revised after insert or update or delete or truncate on leader_of_unit
  for each statement execute function revise_thing('people');
