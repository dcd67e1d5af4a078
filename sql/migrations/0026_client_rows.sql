-- Rows of clients are written only by who may see the client; cards by when they were closed; where they go.

-- By what a client is known again and found, which decides whom a next request is taken to be of: written for a
-- client that the member sees, or that this very transaction enters (voronka.new_contacts, voronka.new_companies:
-- a statement that makes a client together with its rows does not see it yet). A sub-select that gives one value
-- is one look-up by the client's key.
alter policy contact_point_insert on contact_point
  with check (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (
      (select current_setting('voronka.everything', true) = 'on')
      or contact_id = any ((select nullif(current_setting('voronka.new_contacts', true), '')::bigint[])::bigint[])
      or (
        select true
        from contact t
        where t.tenant_id = contact_point.tenant_id
          and t.id = contact_point.contact_id
      )
    )
  );

alter policy contact_word_insert on contact_word
  with check (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (
      (select current_setting('voronka.everything', true) = 'on')
      or contact_id = any ((select nullif(current_setting('voronka.new_contacts', true), '')::bigint[])::bigint[])
      or (
        select true
        from contact t
        where t.tenant_id = contact_word.tenant_id
          and t.id = contact_word.contact_id
      )
    )
  );

alter policy company_point_insert on company_point
  with check (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (
      (select current_setting('voronka.everything', true) = 'on')
      or company_id = any ((select nullif(current_setting('voronka.new_companies', true), '')::bigint[])::bigint[])
      or (
        select true
        from company y
        where y.tenant_id = company_point.tenant_id
          and y.id = company_point.company_id
      )
    )
  );

alter policy company_word_insert on company_word
  with check (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (
      (select current_setting('voronka.everything', true) = 'on')
      or company_id = any ((select nullif(current_setting('voronka.new_companies', true), '')::bigint[])::bigint[])
      or (
        select true
        from company y
        where y.tenant_id = company_word.tenant_id
          and y.id = company_word.company_id
      )
    )
  );

-- What was won or lost in a month. Comparison of times is leakproof, so it serves behind row-level security; open
-- cards are not in it, so that making and working on them costs nothing.
create index card_closed on card (tenant_id, closed_at) where closed_at is not null;

-- A card that a member writes stays in a pipeline that the member knows, or comes into one. That they may create
-- there is the gate's to ask: a policy does not see in which pipeline the card stood before.
alter policy card_update on card
  with check (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (
      (select current_setting('voronka.everything', true) = 'on')
      or (
        id = any ((select nullif(current_setting('voronka.written', true), '')::bigint[])::bigint[])
        and pipeline_id = any ((select nullif(current_setting('voronka.pipelines', true), '')::bigint[])::bigint[])
      )
    )
  );
