-- A row of commitment is wide (its sentence, the reader's proposal). Lists, counts and sorts of the register need only a
-- few narrow columns of it, so that these indexes answer them alone and 100,000 entries page in milliseconds.
create index commitment_list on commitment (year desc, number, id)
  include (lead, due, theme, subtheme, document, span_start, leader) where state = 'registered';
create index commitment_list_due on commitment (due, number, id)
  include (year, lead, theme, subtheme, document) where state = 'registered';
create index commitment_list_source on commitment (document, span_start, id)
  include (year, lead, due, theme, subtheme, number) where state = 'registered';
create index commitment_list_theme on commitment (theme, subtheme, number, id)
  include (year, lead, due, document) where state = 'registered';
-- By pinyin, as people look words up.
create index commitment_list_what on commitment ((what collate "zh-x-icu"), id) where state = 'registered';
create index commitment_joint_all on commitment_joint (commitment, ordinal, unit);

-- What a share was computed from, where a split follows last year's shares or base figures: kept to answer "why?".
alter table target_share add column base numeric;
alter table target_share add column ordinal integer not null default 0;
alter table target_split drop constraint target_split_method_check;
alter table target_split add constraint target_split_method_check
  check (method in ('hand', 'equal', 'last_year', 'base'));
-- Last year's shares of an indicator are looked up by its name.
create index commitment_target_indicator on commitment_target (indicator);
