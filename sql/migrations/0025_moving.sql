-- Cards that move to another pipeline.

-- Only through the gate: the one statement that does it takes what the gate has decided.
grant update (pipeline_id) on card to voronka_app;

-- Who saw the card where it was learns that it has gone, and not where to.
alter table event add column pipeline_before bigint;

comment on column event.pipeline_before is
  'The pipeline in which the card stood before; NULL where that is the same.';
