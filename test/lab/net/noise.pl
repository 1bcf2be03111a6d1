# usage: perl noise.pl SECONDS HOST PORT [HOST PORT]... : a small datagram to each, in turn, every so often, until it is ended.
use strict;
use warnings;
use Socket qw(:addrinfo SOCK_DGRAM);

my ($pause, @targets) = @ARGV;
my @ways;
while (my ($host, $port) = splice @targets, 0, 2) {
    my ($error, $found) = getaddrinfo($host, $port, { flags => AI_NUMERICHOST, socktype => SOCK_DGRAM });
    die "$host: $error\n" if $error;
    socket my $socket, $found->{family}, SOCK_DGRAM, 0 or die "socket: $!\n";
    push @ways, [ $socket, $found->{addr} ];
}
# What comes back, and that nothing can be sent at the moment, is of no interest.
while (1) {
    send $_->[0], "x", 0, $_->[1] for @ways;
    select undef, undef, undef, $pause;
}
