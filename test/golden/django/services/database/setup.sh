#!/bin/sh
# Gives each service a database and a role of its own. It runs at every start and may do so: what is there stays.
set -eu

PGHOST=database
PGUSER=postgres
PGPASSWORD=$(cat /run/secrets/database_admin_password)
export PGHOST PGUSER PGPASSWORD

psql --quiet --no-psqlrc --dbname postgres --command 'SELECT' >/dev/null || {
    echo 'database-setup: the data was made with another secrets/database_admin_password: put that file back' >&2
    exit 1
}

# setup NAME SECRET: the password comes from the secret each time, so that a new one takes effect.
setup() {
    SERVICE_PASSWORD=$(cat "/run/secrets/$2") psql --quiet --no-psqlrc --set ON_ERROR_STOP=1 --set name="$1" --dbname postgres <<'SQL'
\getenv password SERVICE_PASSWORD
SELECT format('CREATE ROLE %I', :'name')
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'name') \gexec
ALTER ROLE :"name" LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'password';
SELECT format('CREATE DATABASE %I OWNER %I', :'name', :'name')
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'name') \gexec
REVOKE ALL ON DATABASE :"name" FROM PUBLIC;
SQL
}

psql --quiet --no-psqlrc --set ON_ERROR_STOP=1 --dbname postgres \
    --command 'REVOKE ALL ON DATABASE postgres, template1 FROM PUBLIC'
setup web web_database_password
