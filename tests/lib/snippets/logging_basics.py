import logging, sys, io, re
sys.stderr = sys.stdout
def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
logging.warning('first %s', 1); logging.info('hidden')
log = logging.getLogger('a.b.c'); print(log, log.parent, logging.getLogger('a.b'), log.parent.name, logging.getLogger() is logging.root, log.getEffectiveLevel(), log.isEnabledFor(10), logging.getLogger('a').getChild('z').name)
log.error('err %d %s', 1, 'x'); log.setLevel('DEBUG'); log.debug('dbg'); log.info({'a': 1}); log.warning('%(k)s', {'k': 'v'})
try: 1 / 0
except ZeroDivisionError: log.exception('boom'); logging.error('again', exc_info=True)
log.error('bad %d', 'x') if 0 else None
class H(logging.Handler):
    def emit(self, r): print('H', r.name, r.levelname, r.getMessage(), r.lineno, r.funcName, r.filename, r.module, r.threadName, r.processName, r.args, r.exc_info, getattr(r, 'extra1', None))
h = H(logging.WARNING); log.addHandler(h); log.propagate = False
def fn(): log.warning('w'); log.info('no'); log.error('e', extra={'extra1': 5}, stacklevel=1)
fn(); log.log(35, 'lvl'); log.critical('c'); attempt(lambda: log.error('e', extra={'message': 5})); attempt(lambda: log.log('x', 'y'))
for style, fmt in (('%', '%(levelname)-8s|%(name)s|%(message)s|%(asctime)s'), ('{', '{levelname:>8} {message}'), ('$', '$levelname ${message}')):
    s = io.StringIO(); sh = logging.StreamHandler(s); sh.setFormatter(logging.Formatter(fmt, datefmt='%Y', style=style)); l = logging.getLogger('st' + style); l.propagate = False; l.addHandler(sh); l.warning('hi %s', 'you'); print(re.sub(r'\d{4}', 'YYYY', s.getvalue()), end='')
f = logging.Formatter('%(asctime)s %(msecs)03d'); r = logging.makeLogRecord({'created': 0.25, 'msecs': 250.0, 'msg': 'm', 'levelname': 'X'}); f.converter = __import__('time').gmtime; print(f.format(r), r, logging.Formatter().format(r))
for bad in (lambda: logging.Formatter('x'), lambda: logging.Formatter('{x!z}', style='{'), lambda: logging.Formatter('a', style='{'), lambda: logging.Formatter('a', style='$'), lambda: logging.Formatter('a', style='!'), lambda: logging.Formatter('%(nope)s').format(r), lambda: log.setLevel('NOPE'), lambda: log.setLevel(1.5), lambda: logging.getLogger(5), lambda: logging.basicConfig(force=True, foo=1), lambda: logging.basicConfig(force=True, style='q'), lambda: logging.basicConfig(force=True, stream=sys.stdout, filename='x'), lambda: logging.Handler().emit(r)): attempt(bad)
logging.basicConfig(force=True, level=logging.DEBUG, format='%(levelname)s:%(name)s:%(funcName)s:%(message)s', stream=sys.stdout)
logging.debug('d'); logging.getLogger('x').info('i'); logging.basicConfig(level=logging.ERROR); logging.info('still')
logging.disable(logging.INFO); logging.info('gone'); logging.warning('kept'); logging.disable(logging.NOTSET)
class F(logging.Filter):
    def filter(self, r): r.msg = 'F ' + r.msg; return 'drop' not in r.msg
x = logging.getLogger('x'); x.addFilter(F()); x.info('drop'); x.info('ok'); x.filters.clear(); x.addFilter(lambda r: r.levelno > 20); x.info('n'); x.warning('y')
ad = logging.LoggerAdapter(logging.getLogger('ad'), {'ip': '1'}); ad.info('adapted %s', 1); print(ad, ad.name)
class A2(logging.LoggerAdapter):
    def process(self, m, k): return '[%s] %s' % (self.extra['ip'], m), k
A2(logging.getLogger('ad'), {'ip': '9'}).warning('pre')
print(logging.getLevelName(20), logging.getLevelName('INFO'), logging.getLevelName(25), logging.addLevelName(25, 'NOTICE'), logging.getLevelName(25), logging.StreamHandler(), h, logging.NullHandler(), logging.getLevelNamesMapping()['WARN'], logging.getLoggerClass())
log.handlers.clear(); log.propagate = True
import warnings; logging.captureWarnings(True); warnings.warn('cap'); logging.captureWarnings(False)
logging.root.handlers.clear(); logging.getLogger('q').warning('last resort'); logging.getLogger('q').info('none'); log.error('bad %d', 1, 2) if 0 else None
import logging.handlers, queue
q = queue.Queue(); qh = logging.handlers.QueueHandler(q); ql = logging.getLogger('ql'); ql.propagate = False; ql.addHandler(qh); ql.error('queued %s', 1); print(q.get_nowait().getMessage())
mh = logging.handlers.MemoryHandler(3, target=logging.StreamHandler(sys.stdout)); ql.addHandler(mh); ql.warning('m1'); print('--'); ql.error('m2'); mh.close()
lst = logging.handlers.QueueListener(q, logging.StreamHandler(sys.stdout)); ql.removeHandler(mh); lst.start(); ql.warning('via thread'); lst.stop()
import logging.config
logging.config.dictConfig({'version': 1, 'formatters': {'f': {'format': 'CFG %(message)s'}}, 'handlers': {'h': {'class': 'logging.StreamHandler', 'formatter': 'f', 'stream': 'ext://sys.stdout', 'level': 'INFO'}}, 'loggers': {'cfg': {'handlers': ['h'], 'level': 'DEBUG'}}, 'root': {'level': 'WARNING'}})
logging.getLogger('cfg').info('c1'); logging.getLogger('cfg').debug('c2'); logging.getLogger('x').warning('disabled?')
for bad in ({}, {'version': 2}, {'version': 1, 'handlers': {'h': {'class': 'nope.X'}}}): attempt(lambda: logging.config.dictConfig(bad))
fh = logging.FileHandler('t.log', mode='w'); fl = logging.getLogger('fl'); fl.addHandler(fh); fl.propagate = False; fl.warning('to file'); fh.close(); print(open('t.log').read(), re.sub(r'/.*/', '/', repr(fh)))
