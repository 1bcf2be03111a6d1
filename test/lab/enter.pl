# Runs a program in a container as a runtime's exec does: in its groups, its namespaces and its root.
# usage: enter.pl PID USER PROGRAM ARG...
use strict;
use warnings;
use Config;
use POSIX ();

my ($pid, $user, @argv) = @ARGV;
my $setns = $Config{archname} =~ /^aarch64/ ? 268 : 308;

# What is opened here is still the machine's; behind the last setns it would be the container's.
my @groups = map { opened('>', $_) } groups($pid);
my @namespaces = map { opened('<', "/proc/$pid/ns/$_") } qw(ipc uts net pid mnt);
opendir my $root, "/proc/$pid/root" or die "/proc/$pid/root: $!\n";
for (@namespaces) { syscall($setns, fileno $_, 0) == 0 or die "setns: $!\n" }

# A new process is the first to be in the other pid namespace; only that one may count in the container's groups.
my $child = fork // die "fork: $!\n";
if ($child == 0) {
    for (@groups) { syswrite $_, '0' or die "cgroup.procs: $!\n" }
    chdir $root and chroot '.' or die "chroot: $!\n";
    # Whoever leaves root so loses its capabilities.
    if ($user) { $) = "$user $user"; POSIX::setgid($user); POSIX::setuid($user) or die "setuid: $!\n" }
    { no warnings; exec { $argv[0] } @argv }
    print STDERR "$argv[0]: $!\n";
    exit 127;
}
close $_ for @groups;
waitpid $child, 0;
exit($? & 127 ? 128 + ($? & 127) : $? >> 8);

sub opened {
    my ($how, $path) = @_;
    open my $file, $how, $path or die "$path: $!\n";
    return $file;
}

# Containers without groups of their own are in those of whoever started the lab, which an exec need not join.
sub groups {
    my $list = opened('<', "/proc/$_[0]/cgroup");
    my @found;
    while (<$list>) {
        chomp;
        my (undef, $controllers, $path) = split /:/, $_, 3;
        next unless $path =~ m{^/kube-ipv6-lab-};
        my $file = "/sys/fs/cgroup" . ($controllers eq '' ? '' : "/$controllers") . "$path/cgroup.procs";
        push @found, $file if -e $file;
    }
    return @found;
}
