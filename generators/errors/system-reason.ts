/** Why the system did not let us write, in a few words. */
export function systemReason(code: string): string {
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return 'the disk is full';
    case 'EACCES':
    case 'EPERM':
      return 'there is no permission to write there';
    case 'EROFS':
      return 'the file system is read-only';
    case 'ENAMETOOLONG':
      return 'the name is too long';
    case 'EXDEV':
      return 'a directory in it is on another file system';
    case 'EBUSY':
      return 'another program holds it, or something is mounted there';
    case 'ENOENT':
    case 'EEXIST':
    case 'ENOTEMPTY':
    case 'ENOTDIR':
    case 'EISDIR':
      return 'somebody else was writing there at the same time';
    default:
      return `the system does not let us (${code})`;
  }
}
