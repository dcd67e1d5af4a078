-- Makes Voronka's roles and its empty database in an existing PostgreSQL 15 or later, as a superuser:
--
--   psql --no-psqlrc --set ON_ERROR_STOP=1 --file deploy/database.sql "host=… user=postgres dbname=postgres"
--
-- Asks for the two roles' passwords, which cross the network as SCRAM hashes only; further programs do not
-- see them. Run again, it finds what is there and asks for new passwords. Then voronkad migrate up, as
-- voronka_owner. Another name for the database: --set database=NAME.

\if :{?database} \else \set database voronka \endif

-- Migrates and owns; bound by forced row-level security all the same.
select 'create role voronka_owner'
where not exists (select from pg_roles where rolname = 'voronka_owner') \gexec
alter role voronka_owner login nosuperuser nocreatedb nocreaterole noreplication nobypassrls;

-- Serves; owns nothing. A server refuses to start where this role is stronger.
select 'create role voronka_app'
where not exists (select from pg_roles where rolname = 'voronka_app') \gexec
alter role voronka_app login nosuperuser nocreatedb nocreaterole noreplication nobypassrls;

\password voronka_owner
\password voronka_app

-- Sorts by code point, as the private cluster does; and UTF-8, which every text here is.
select format('create database %I owner voronka_owner template template0 encoding ''UTF8'' locale ''C.UTF-8''', :'database')
where not exists (select from pg_database where datname = :'database') \gexec

-- Nobody else connects; temporary tables would be relations without policies.
revoke all on database :"database" from public;
grant connect on database :"database" to voronka_app;
alter role voronka_owner in database :"database" set search_path = voronka;
alter role voronka_app in database :"database" set search_path = voronka;

\connect :"database"
revoke all on schema public from public;
create schema if not exists voronka authorization voronka_owner;
grant usage on schema voronka to voronka_app;
