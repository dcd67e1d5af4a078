-- What a request costs.

-- Few deals have lines, and looking for them costs a read as much as the deal itself.
alter table card add column has_lines boolean not null default false;

comment on column card.has_lines is
  'Whether deal_line has rows of it: written with them, and a test holds the two together.';

grant update (has_lines) on card to voronka_app;
