/** What a failed system call says to people. */
export function reason(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return (code !== undefined && Object.hasOwn(words, code) && words[code]) || message;
}

const words: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file or folder",
  ENOTDIR: "there is no such file or folder",
  EACCES: "permission denied",
  EPERM: "the system does not allow it",
  EISDIR: "it is a folder",
  ELOOP: "it is a link, or its links go round in a circle",
  EROFS: "it lies on a file system that cannot be written",
  ENOSPC: "there is no room left on the device",
  ENXIO: "nobody writes to this pipe or socket",
  EAGAIN: "it has nothing to read",
};
