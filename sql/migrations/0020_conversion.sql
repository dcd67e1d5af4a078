-- What a conversion carries.

-- Which field of deals a field of leads becomes. The key is looked at when a transaction ends: a company that
-- arrives from elsewhere brings its fields in any order.
alter table field
  add column converts_to bigint,
  add constraint field_converts_to_fkey foreign key (tenant_id, converts_to)
    references field (tenant_id, id) deferrable initially deferred,
  add constraint field_converts check (converts_to is null or card_kind = 'lead');

comment on column field.converts_to is
  'The field of the deal that takes over its value; null is the one of the same key and type.';

create index field_converts_to on field (tenant_id, converts_to) where converts_to is not null;

grant update (converts_to) on field to voronka_app;
