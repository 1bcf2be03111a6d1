#!/bin/sh
# Turns the process that unshare has just made into a container: its own root, /proc, /sys, /etc/resolv.conf and hosts.
# usage: container.sh IMAGE_ROOT OWN_DIR HOSTNAME PROGRAM ARG...   (run as pid 1 of a new mount, pid, uts and ipc namespace)
set -e
image=$1 own=$2 name=$3
shift 3
# The /proc still mounted is the machine's, so this is our pid as the machine sees it.
read -r pid rest </proc/self/stat
root=$own/root
mount --bind "$image" "$root"
mount -t proc proc "$root/proc"
mount -t sysfs -o ro sysfs "$root/sys"
for file in resolv.conf hosts hostname; do mount --bind "$own/$file" "$root/etc/$file"; done
hostname "$name"
echo "$pid" >"$own/pid.new"
mv "$own/pid.new" "$own/pid"
exec chroot "$root" "$@"
