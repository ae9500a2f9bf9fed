#!/bin/sh
# Starts a broker: messages go to disk every second, and none is dropped to make room.
set -eu
umask 077

# Each service has a user that reaches its own keys and channels alone; who does not log in may only ping.
# Patterns to subscribe to have to be listed word for word: the last three are those of Celery.
user() {
    hash=$(tr -d '\n' <"/run/secrets/$2" | sha256sum | cut -d ' ' -f 1)
    celery="&$1:/0.celery.pidbox &$1:/0.celeryev/* &$1:/0.celeryev/worker.*"
    echo "user $1 on #$hash ~$1:* &$1:* $celery +@all -@admin -@dangerous +info -scan -randomkey"
}

{
    echo 'user default on nopass resetkeys resetchannels -@all +ping'
    user web web_broker_password
    user shop shop_broker_password
    user cart_x cart-x_broker_password
} >/tmp/users.acl

exec valkey-server \
    --aclfile /tmp/users.acl \
    --protected-mode no \
    --dir /data \
    --appendonly yes \
    --maxmemory-policy noeviction
