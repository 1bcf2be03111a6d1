#!/bin/sh
# Turns the process that unshare has just made into a container: its own root, /proc, /sys, groups, /etc/resolv.conf and hosts.
# usage: container.sh IMAGE_ROOT OWN_DIR HOSTNAME FIRST PROGRAM ARG...   (run as pid 1 of a new mount, pid, uts and ipc namespace)
# CONTAINER_USER is who the program runs as; with CONTAINER_READ_ONLY its root cannot be written to.
# FIRST says what pid 1 becomes: `itself` (the program), `sleep` (which waits for no orphan), or so many bytes (the same, holding them).
set -e
image=$1 own=$2 name=$3 first=$4
shift 4
# The /proc still mounted is the machine's, so this is our pid as the machine sees it.
read -r pid rest </proc/self/stat
root=$own/root
while read -r group; do echo 0 >"$group/cgroup.procs"; done <"$own/groups"
mount --bind "$image" "$root"
mount -t proc proc "$root/proc"
mount -t sysfs -o ro sysfs "$root/sys"
# A container sees its own groups: all of them in one directory (v2), or one directory a controller (v1).
if [ -e /sys/fs/cgroup/cgroup.controllers ]; then
  read -r group <"$own/groups" && mount --bind "$group" "$root/sys/fs/cgroup"
elif [ -s "$own/groups" ]; then
  mount -t tmpfs tmpfs "$root/sys/fs/cgroup"
  while read -r group; do
    controller=${group#/sys/fs/cgroup/}
    controller=${controller%%/*}
    mkdir "$root/sys/fs/cgroup/$controller"
    mount --bind "$group" "$root/sys/fs/cgroup/$controller"
    for each in memory pids cpu cpuacct; do
      case ,$controller, in ,$each,) ;; *,$each,*) ln -s "$controller" "$root/sys/fs/cgroup/$each" ;; esac
    done
  done <"$own/groups"
fi
for file in hosts hostname; do mount --bind "$own/$file" "$root/etc/$file"; done
# /etc/resolv.conf is a link into it, so that an editor that writes a new file in the place of the old changes it too.
mount --bind "$own" "$root/run/pod"
# The root of an image may be another container's, and read-only there.
while read -r from to; do
  if [ -d "$from" ]; then mkdir -p "$image$to"; else [ -e "$image$to" ] || : >"$image$to"; fi
  mount --bind "$from" "$root$to"
done <"$own/mounts"
hostname "$name"
[ -z "$CONTAINER_READ_ONLY" ] || mount -o remount,bind,ro "$root"
user=$CONTAINER_USER
unset CONTAINER_USER CONTAINER_READ_ONLY
echo "$pid" >"$own/pid.new"
mv "$own/pid.new" "$own/pid"
case $first in
itself) exec chroot "--userspec=$user:$user" "$root" "$@" ;;
sleep)
  chroot "$root" "$@" &
  exec chroot "$root" /sleep 2147483
  ;;
*)
  chroot "$root" "$@" &
  # What dd has read it holds until somebody takes it, and nobody reads from this pipe.
  [ -p "$own/held" ] || mkfifo "$own/held"
  exec chroot "$root" /dd if=/dev/zero "bs=$first" count=1 1<>"$own/held" 2>/dev/null
  ;;
esac
