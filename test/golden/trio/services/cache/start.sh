#!/bin/sh
# Starts a cache: it forgets the least used first and keeps nothing on disk.
set -eu
umask 077

# Each service has a user that reaches its own keys and channels alone; who does not log in may only ping.
user() {
    hash=$(tr -d '\n' <"/run/secrets/$2" | sha256sum | cut -d ' ' -f 1)
    echo "user $1 on #$hash ~$1:* &$1:* +@all -@admin -@dangerous +info -scan -randomkey"
}

{
    echo 'user default on nopass resetkeys resetchannels -@all +ping'
    user web web_cache_password
    user shop shop_cache_password
    user cart_x cart-x_cache_password
} >/tmp/users.acl

exec redis-server \
    --aclfile /tmp/users.acl \
    --protected-mode no \
    --save '' \
    --maxmemory 64mb \
    --maxmemory-policy allkeys-lru
