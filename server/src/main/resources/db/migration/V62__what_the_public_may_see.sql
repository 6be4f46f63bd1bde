-- The public page reads this view and nothing else: what is not in it cannot leak.
create view public_matter as
  select m.number, m.type, m.type_version, m.title, m.state, m.lead, m.due, m.progress, m.closed_at, m.ended
  from matter m where m.is_public;
