-- Kinds of loss, and each reason's rule of comments.

alter table reason
  add column loss_kind text,
  add column comment_rule text,
  add constraint reason_loss_kind check (
    loss_kind is null or (kind = 'loss' and loss_kind in ('dropped', 'refused', 'vanished'))
  ),
  add constraint reason_comment_rule check (comment_rule in ('required', 'optional'));

comment on column reason.loss_kind is
  'Of a loss: dropped by the seller under the company''s rules, refused for a sound reason, or vanished. Null of a '
  'loss is refused: what was there before, and what arrives from an older file.';
comment on column reason.comment_rule is
  'Whether whoever chooses it has to write a comment; null leaves that to the company''s rule for the list.';

grant update (loss_kind, comment_rule) on reason to voronka_app;

alter table tenant
  add column require_win_comment boolean not null default false,
  add column require_invalid_comment boolean not null default false;

comment on column tenant.require_win_comment is
  'Whether winning carries a comment where the reason says nothing else.';
comment on column tenant.require_invalid_comment is
  'Whether declaring invalid carries a comment where the reason says nothing else.';

grant update (require_win_comment, require_invalid_comment) on tenant to voronka_app;

-- A dry run does the work and takes it back, so that it refuses what the work itself would refuse; where many cards
-- would change, they are only counted.
create function end_trial() returns text
language plpgsql
as $$
begin
  raise exception 'the trial is over: nothing was done'
    using errcode = 'VR005';
end
$$;

comment on function end_trial() is
  'Ends a dry run: it rolls the whole transaction back, in which everything went well.';

-- Cards are listed by the kind of their loss.
create index card_reason on card (tenant_id, reason_id, id) where reason_id is not null;
