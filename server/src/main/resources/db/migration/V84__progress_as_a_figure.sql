-- Progress reported as a figure, and what it was measured by when it was reported: its percentage can be counted again.
alter table matter_progress add column value numeric check (value >= 0);
alter table matter_progress add column target numeric check (target > 0);
