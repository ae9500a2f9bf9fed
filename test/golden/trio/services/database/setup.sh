#!/bin/sh
# Gives each service a database and a user of its own. It runs at every start and may do so: what is there stays.
set -eu

MYSQL_PWD=$(cat /run/secrets/database_admin_password)
export MYSQL_PWD

mariadb --host database --user root --execute 'SELECT 1' >/dev/null || {
    echo 'database-setup: the data was made with another secrets/database_admin_password: put that file back' >&2
    exit 1
}

# setup NAME SECRET: the password comes from the secret each time, so that a new one takes effect.
setup() {
    password=$(sed "s/[\\\\']/\\\\&/g" "/run/secrets/$2")
    # In a grant, _ stands for any character unless it is escaped.
    pattern=$(printf '%s' "$1" | sed 's/_/\\_/g')
    mariadb --host database --user root <<SQL
CREATE DATABASE IF NOT EXISTS \`$1\` CHARACTER SET utf8mb4;
CREATE USER IF NOT EXISTS '$1'@'%';
ALTER USER '$1'@'%' IDENTIFIED BY '$password';
GRANT ALL ON \`$pattern\`.* TO '$1'@'%';
SQL
}

setup web web_database_password
setup shop shop_database_password
setup cart_x cart-x_database_password
