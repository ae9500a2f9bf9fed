#!/bin/sh
# Starts RabbitMQ with a virtual host and a user for each service, and without the guest.
set -eu
umask 077

# user NAME SECRET [,]
user() {
    password=$(sed 's/[\\"]/\\&/g' "/run/secrets/$2")
    printf '{"name": "%s", "password": "%s", "tags": []}%s\n' "$1" "$password" "${3:-}"
}

{
    echo '{"users": ['
    user web web_broker_password
    cat <<'JSON'
],
"vhosts": [{"name": "web"}],
"permissions": [
  {"user": "web", "vhost": "web", "configure": ".*", "write": ".*", "read": ".*"}
]}
JSON
} >/tmp/definitions.json

cat >/tmp/rabbitmq.conf <<'CONF'
definitions.import_backend = local_filesystem
definitions.local.path = /tmp/definitions.json
log.console = true
log.console.level = warning
CONF
export RABBITMQ_CONFIG_FILE=/tmp/rabbitmq.conf
exec rabbitmq-server
