-- What was confirmed of the work before it began anew (reopened, found again) no longer counts.
alter table matter_progress add column past boolean not null default false;

-- When a clock ran on after a pause: the days of the pause are no silence. The types that come with the house call their
-- deadline "due" and the way out of a pause "resume".
alter table matter_clock add column resumed_at timestamptz;
update matter_clock c set resumed_at = r.at
from (select stream, max(at) as at from journal
      where act = 'matter.move' and details ->> 'move' = 'resume' group by stream) r
where r.stream = 'matter:' || c.matter and c.clock = 'due' and c.started < r.at;
