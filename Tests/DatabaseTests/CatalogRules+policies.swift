import Postgres

/// Attack 1: policies that let more through than the tenant's own.
extension CatalogRule {
  static let policies = [
    CatalogRule(
      promise: "Every policy that covers writing says WITH CHECK itself",
      breaches: Statement(
        """
        select polname
        from pg_policy
        where polcmd in ('*', 'a', 'w')
          and polwithcheck is null
        """),
      control: """
        create policy unchecked on voronka.team for update using (
          tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
        );
        """,
      expected: "unchecked"),
    CatalogRule(
      promise: "Every expression of every policy on a tenant table binds the tenant first",
      breaches: Statement(
        """
        select polname
        from pg_policy
        join pg_attribute on attrelid = polrelid and attname = 'tenant_id',
          lateral (values (pg_get_expr(polqual, polrelid)), (pg_get_expr(polwithcheck, polrelid)))
            as part (expression)
        where expression is not null
          and expression !~ ('^[(]+tenant_id = [(]NULLIF[(]current_setting[(]''voronka.tenant_id''::text, true[)],'
            || ' ''''::text[)][)]::bigint[)]( AND |$)')
        """),
      control: """
        create policy open_door on voronka.team for select using (true);
        """,
      expected: "open_door"),
    CatalogRule(
      promise: "A policy without condition stands in a closed list",
      breaches: Statement(
        """
        select polname
        from pg_policy
        where 'true' in (pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid))
          and polname not in ('plan_read')
        """),
      control: """
        create policy anybody on voronka.operator_token for select using (true);
        """,
      expected: "anybody"),
  ]
}
