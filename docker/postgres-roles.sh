#!/bin/sh
# Runs once, when the database is made: `owner` migrates, `app` runs and owns nothing, `app_system` owns the look-ups
# that cross studios.
set -eu
psql -v ON_ERROR_STOP=1 -v owner_password="$OWNER_PASSWORD" -v app_password="$APP_PASSWORD" \
  --username postgres --dbname postgres <<'SQL'
create role owner login password :'owner_password';
create role app login password :'app_password';
create role app_system nologin;
grant app_system to owner with admin option;
create database sparkleclassic owner owner;
SQL
