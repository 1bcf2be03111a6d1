#!/usr/bin/perl
# Sends an ICMPv6 router advertisement without prefixes to all nodes of a link, again and again.
# usage: advertise.pl INTERFACE LIFETIME_SECONDS INTERVAL_SECONDS
use strict;
use warnings;
use Socket qw(:all);

my ($interface, $lifetime, $interval) = @ARGV;
my $index = 0;
# The machine's /sys shows other interfaces than this namespace's; the kernel's own list is asked instead.
open(my $list, '<', '/proc/net/if_inet6') or die "if_inet6: $!";
while (<$list>) { my @field = split; $index = hex($field[1]) if $field[5] eq $interface }
die "no IPv6 interface $interface\n" unless $index;

socket(my $socket, AF_INET6, SOCK_RAW, 58) or die "socket: $!";
# RFC 4861, 6.1.2: an advertisement whose hop limit is not 255 came from beyond the link and is dropped.
setsockopt($socket, IPPROTO_IPV6, IPV6_MULTICAST_HOPS, pack('i', 255)) or die "hops: $!";
setsockopt($socket, IPPROTO_IPV6, IPV6_MULTICAST_IF, pack('i', $index)) or die "interface: $!";
my $advertisement = pack('CCnCCnNN', 134, 0, 0, 64, 0, $lifetime, 0, 0);
my $everybody = pack_sockaddr_in6(0, inet_pton(AF_INET6, 'ff02::1'), $index, 0);
while (1) {
    send($socket, $advertisement, 0, $everybody);
    sleep $interval;
}
