#!/bin/sh
# A private certificate authority and a certificate for the database, made once: SparkleClassic refuses a plain link to
# a database on another host in production.
set -eu
cd /certificates
if [ -f server.crt ]; then exit 0; fi
openssl req -x509 -newkey rsa:3072 -nodes -days 3650 -subj '/CN=SparkleClassic database authority' \
  -keyout ca.key -out ca.crt
openssl req -newkey rsa:3072 -nodes -subj '/CN=postgres' -keyout server.key -out server.csr
printf 'subjectAltName=DNS:postgres\n' >server.ext
openssl x509 -req -in server.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 3650 -extfile server.ext -out server.fresh
chown postgres:postgres server.key
chmod 600 server.key ca.key
rm server.csr server.ext
mv server.fresh server.crt
