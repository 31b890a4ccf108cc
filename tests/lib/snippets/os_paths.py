import os, os.path, pathlib, shutil, tempfile, glob, stat, errno, sys
from pathlib import Path, PurePath, PurePosixPath
def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
for p in ('', '/', '//', '///a', 'a', 'a/b', '/a/b/', 'a//b/./c/../d', '../x', './.', 'a.txt', '.bashrc', 'x.tar.gz', '/a.b/c', '...', 'a/..', '/..', 'name.', '~', '~/x', '$HOME/y', '${NOPE}/z'):
    print(p, os.path.split(p), os.path.splitext(p), os.path.basename(p), os.path.dirname(p), os.path.normpath(p), os.path.isabs(p), os.path.join(p, 'q'), os.path.join('r', p), os.path.splitroot(p), os.path.expandvars(p).count('$'))
print(os.path.commonprefix(['/usr/lib', '/usr/local']), os.path.commonpath(['/usr/lib/x', '/usr/local']), os.path.relpath('/a/b/c', '/a/d'), os.path.join('a', '/b', 'c'), os.path.abspath('x').endswith('/x'))
attempt(lambda: os.path.join('a', b'b')); attempt(lambda: os.path.join(5)); attempt(lambda: os.path.commonpath([])); attempt(lambda: os.path.relpath('')); attempt(lambda: os.path.exists(None)); attempt(lambda: os.stat('nope')); attempt(lambda: os.listdir('nope')); attempt(lambda: os.remove('nope')); attempt(lambda: os.environ.__setitem__('a', 1)); attempt(lambda: os.environ['NOPE_X'])
os.makedirs('d/e/f'); open('d/x.txt', 'w').write('hello\n'); open('d/e/y.py', 'w').close(); print(sorted(os.listdir('d')), os.path.getsize('d/x.txt'), os.path.isdir('d/e'), os.path.isfile('d/x.txt'), stat.S_ISDIR(os.stat('d').st_mode), os.stat('d/x.txt').st_size, stat.filemode(0o100644))
attempt(lambda: os.makedirs('d/e')); os.makedirs('d/e', exist_ok=True); attempt(lambda: os.mkdir('q/r')); attempt(lambda: os.rmdir('d')); print([(r, sorted(a), sorted(b)) for r, a, b in os.walk('d')], sorted(e.name for e in os.scandir('d')), sorted(e.path for e in os.scandir('d') if e.is_file()))
os.rename('d/x.txt', 'd/z.txt'); print(sorted(glob.glob('d/*')), sorted(glob.glob('d/**', recursive=True)), sorted(glob.glob('d/**/*.py', recursive=True)), glob.glob('nope*'), glob.escape('a*b'))
P = Path('a/b/c.tar.gz')
print(P, repr(P), P.name, P.stem, P.suffix, P.suffixes, P.parent, P.parts, P.parents[0], list(P.parents), P / 'x', 'y' / P, P.with_name('n.q'), P.with_suffix('.zip'), P.with_stem('s'), P.is_absolute(), P.as_posix(), P == Path('a', 'b', 'c.tar.gz'), P < Path('z'), hash(P) == hash(Path('a/b/c.tar.gz')), P.match('*.gz'), P.match('b/*.gz'), Path('/a/b').relative_to('/a'), Path('/a/b').is_relative_to('/c'), P.joinpath('u', 'v'), Path('/x').as_uri(), os.fspath(P), Path(), Path('.'), Path('/'), Path('//a'), PurePosixPath('a//b/./c'), PurePath('x'), Path('/a').anchor, Path('a/..').parts, Path('x.').suffix, Path('.rc').stem, Path('/a/b').relative_to('/a/c', walk_up=True), PurePath('a/b/c').full_match('a/**'))
for f in (lambda: Path('a').relative_to('b'), lambda: Path('/').with_name('x'), lambda: P.with_suffix('zip'), lambda: Path(5), lambda: Path('a') / 5, lambda: Path('nope').read_text(), lambda: P.with_name('a/b'), lambda: Path('a') < 5, lambda: Path('x').match(''), lambda: Path('nope').unlink(), lambda: Path('d').mkdir(), lambda: Path('q/w').mkdir(), lambda: Path('d').write_text(5), lambda: list(Path('d').glob(''))): attempt(f)
D = Path('d'); (D / 'sub' / 'k').mkdir(parents=True); (D / 'n.txt').write_text('a\nb'); print((D / 'n.txt').read_text(), (D / 'n.txt').read_bytes(), sorted(D.iterdir()), sorted(D.glob('*.txt')), sorted(D.rglob('*.py')), sorted(D.glob('**/*')), (D / 'n.txt').exists(), D.is_dir(), (D / 'n.txt').stat().st_size, (D / 'n.txt').is_file()); (D / 'n.txt').rename(D / 'm.txt'); (D / 'm.txt').unlink(); (D / 'm.txt').unlink(missing_ok=True); (D / 't').touch(); print((D / 't').exists(), Path.cwd() == Path(os.getcwd()), Path('d').resolve() == Path.cwd() / 'd', type(D).__name__, [(str(a), sorted(b), sorted(c)) for a, b, c in D.walk()])
with D.joinpath('w').open('w') as fh: fh.write('x')
shutil.copy('d/w', 'd/w2'); shutil.copytree('d', 'd2'); print(sorted(os.listdir('d2'))); shutil.move('d2', 'd3'); shutil.rmtree('d3'); print(os.path.exists('d3')); attempt(lambda: shutil.rmtree('nope')); attempt(lambda: shutil.copyfile('d/w', 'd/w'))
with tempfile.TemporaryDirectory() as td: open(os.path.join(td, 'a'), 'w').close(); print(os.listdir(td))
print(os.path.exists(td))
with tempfile.NamedTemporaryFile('w+', suffix='.t') as tf: tf.write('hi'); tf.seek(0); print(tf.read(), tf.name.endswith('.t'), os.path.exists(tf.name))
print(os.path.exists(tf.name), os.getenv('NOPE', 'dflt'), os.sep, os.linesep == '\n', os.name, os.curdir, errno.ENOENT, errno.errorcode[2], os.strerror(2), os.path is sys.modules['os.path'], isinstance(P, os.PathLike), os.fsencode('a'))
