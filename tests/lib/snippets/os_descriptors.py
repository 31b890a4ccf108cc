"""Files and pipes by descriptor, links, and what a descriptor tells of its file."""
import os
import stat


def shown(f, *args):
    try:
        return f(*args)
    except (OSError, TypeError, ValueError) as e:
        return f'{type(e).__name__}: {e}'


fd = os.open('x.txt', os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
print(os.write(fd, b'hello world'), os.lseek(fd, 0, os.SEEK_SET), os.read(fd, 5), os.read(fd, 100), os.read(fd, 1))
print(os.fstat(fd).st_size, stat.filemode(os.fstat(fd).st_mode), os.pread(fd, 3, 6), os.lseek(fd, 0, os.SEEK_CUR))
other = os.dup(fd)
os.ftruncate(other, 4)
os.lseek(other, 0, 0)
print(os.read(fd, 10), os.isatty(fd), os.get_blocking(fd))
os.close(fd)
print(shown(os.read, fd, 1), shown(os.close, fd), os.lseek(other, 1, 0), os.read(other, 9))
os.close(other)
with os.fdopen(os.open('x.txt', os.O_RDONLY)) as f:
    print(f.read(), f.closed, shown(os.write, f.fileno(), b'x'))
print(f.closed, shown(os.open, 'nowhere', os.O_RDONLY), shown(os.open, 'x.txt', os.O_CREAT | os.O_EXCL), shown(os.write, 1, 'text'))

r, w = os.pipe()
print(os.write(w, b'through'), os.read(r, 100), stat.S_ISFIFO(os.fstat(r).st_mode), shown(os.lseek, r, 0, 0))
os.close(w)
print(os.read(r, 100))
os.close(r)

os.symlink('x.txt', 'link')
os.mkdir('d')
os.symlink('../x.txt', 'd/up')
os.link('x.txt', 'hard')
print(os.path.islink('link'), os.readlink('link'), open('d/up').read(), os.stat('hard').st_nlink, os.path.realpath('d/up') == os.path.realpath('x.txt'))
print(os.path.exists('link'), stat.S_ISLNK(os.lstat('link').st_mode), os.path.samefile('link', 'hard'), shown(os.link, 'x.txt', 'hard'))
os.remove('x.txt')
print(os.path.exists('link'), os.path.lexists('link'), open('hard').read(), shown(open, 'link'))
