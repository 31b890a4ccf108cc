import threading, queue, time, weakref, gc, re, concurrent.futures as cf, sys
sys.stderr = sys.stdout
def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
def show(x): print(re.sub(r'\b\d{9,}\b', 'ID', re.sub(r'0x[0-9a-f]+', '0xA', str(x))))
t = threading.Thread(target=lambda: print('run', threading.current_thread().name), name='T'); show(t); t.start(); t.join(); show(t); print(t.is_alive(), t.name, t.daemon, threading.main_thread().name, threading.active_count(), threading.current_thread() is threading.main_thread(), [x.name for x in threading.enumerate()])
def work(n): pass
print(threading.Thread(target=work).name, threading.Thread(name='x', daemon=True).daemon); show(threading.main_thread())
for f in (lambda: t.start(), lambda: threading.Thread().join(), lambda: threading.current_thread().join(), lambda: setattr(t, 'daemon', True), lambda: threading.Semaphore(-1), lambda: threading.Barrier(0), lambda: threading.Condition().wait(), lambda: threading.Condition().notify(), lambda: threading.BoundedSemaphore(1).release(), lambda: threading.Lock().release()): attempt(f)
def bad(): raise ValueError('in thread')
b = threading.Thread(target=bad, name='B'); old = threading.excepthook; threading.excepthook = lambda a: print('hook', a.exc_type.__name__, a.exc_value, a.thread.name); b.start(); b.join(); threading.excepthook = old
l = threading.Lock(); 
with l: print(l.locked(), l.acquire(False), l.acquire(timeout=0.01))
r = threading.RLock(); r.acquire(); r.acquire(); r.release(); r.release(); attempt(lambda: r.release())
e = threading.Event(); show(e); print(e.wait(0.01)); e.set(); print(e.wait(), e.is_set()); show(e); e.clear()
s = threading.Semaphore(2); print(s.acquire(), s.acquire(), s.acquire(False), s.acquire(timeout=0.01)); s.release(2); show(s); show(threading.BoundedSemaphore(3))
c = threading.Condition(); show(c) if 0 else None
with c: print(c.wait(0.01), c.wait_for(lambda: True), c.wait_for(lambda: False, 0.01)); c.notify_all()
bar = threading.Barrier(2, action=lambda: print('action')); ths = [threading.Thread(target=bar.wait) for _ in range(2)]; [x.start() for x in ths]; [x.join() for x in ths]; show(bar); bar.abort(); show(bar); attempt(bar.wait); bar.reset(); print(bar.broken, bar.n_waiting, bar.parties)
loc = threading.local(); loc.x = 1
def tl():
    try: loc.x
    except AttributeError as ex: print(str(ex).replace('_thread.', ''))
    loc.x = 2; print(loc.__dict__)
x = threading.Thread(target=tl); x.start(); x.join(); print(loc.x, loc.__dict__); attempt(lambda: threading.local(3))
class L(threading.local):
    n = 5
    def __init__(self, v): self.v = v; print('init', v)
lv = L(7); x = threading.Thread(target=lambda: print(lv.v, lv.n)); x.start(); x.join()
tm = threading.Timer(0.01, print, ['timer']); tm.start(); tm.join(); tm2 = threading.Timer(5, print); tm2.start(); tm2.cancel(); tm2.join()
q = queue.Queue(2); q.put(1); q.put(2); print(q.full(), q.qsize(), q.get(), q.get_nowait(), q.empty())
for f in (lambda: q.get_nowait(), lambda: q.get(timeout=0.01), lambda: q.get(timeout=-1), lambda: (q.task_done(), q.task_done(), q.task_done())): attempt(f)
q.put(1); q.put(2); attempt(lambda: q.put_nowait(3)); attempt(lambda: q.put(3, timeout=0.01))
p = queue.PriorityQueue(); [p.put(i) for i in (3, 1, 2)]; print([p.get() for _ in range(3)]); lf = queue.LifoQueue(); [lf.put(i) for i in (3, 1, 2)]; print([lf.get() for _ in range(3)]); sq = queue.SimpleQueue(); sq.put(1); print(sq.get(), sq.empty()); attempt(sq.get_nowait); q.shutdown(); attempt(lambda: q.put(1)); print(q.get(), q.get()); attempt(q.get); print(queue.Empty, queue.Full)
wq = queue.Queue(); out = []
def worker():
    while (i := wq.get()) is not None: out.append(i * 2); wq.task_done()
    wq.task_done()
ws = [threading.Thread(target=worker) for _ in range(2)]; [w.start() for w in ws]; [wq.put(i) for i in range(5)]; [wq.put(None) for _ in ws]; wq.join(); print(sorted(out))
with cf.ThreadPoolExecutor(2, thread_name_prefix='P') as ex:
    f1 = ex.submit(lambda: threading.current_thread().name); f2 = ex.submit(int, 'x'); print(f1.result(), type(f2.exception()).__name__, list(ex.map(lambda a, b: a + b, [1, 2], [3, 4]))); show(f1); show(f2); attempt(f2.result)
    fs = [ex.submit(lambda i=i: i) for i in range(3)]; print(sorted(f.result() for f in cf.as_completed(fs))); d = cf.wait(fs); print(len(d.done), len(d.not_done), type(d).__name__)
    f1.add_done_callback(lambda f: print('cb', f.done()))
attempt(lambda: ex.submit(int)); attempt(lambda: cf.ThreadPoolExecutor(0)); attempt(lambda: cf.ThreadPoolExecutor(initializer=5))
f = cf.Future(); show(f); print(f.cancel(), f.cancelled(), f.done(), f.running()); show(f); attempt(f.result); f = cf.Future(); attempt(lambda: f.result(0.01)); f.set_result(5); attempt(lambda: f.set_result(6)) if 0 else None; print(f.result()); show(f); f = cf.Future(); f.set_running_or_notify_cancel(); print(f.cancel(), f.running()); attempt(lambda: cf.wait([f], return_when='X')); attempt(lambda: list(cf.as_completed([f], timeout=0.01)))
class O: pass
o = O(); w = weakref.ref(o, lambda r: print('gone')); print(w() is o, weakref.getweakrefcount(o)); wv = weakref.WeakValueDictionary(a=o); wk = weakref.WeakKeyDictionary({o: 1}); ws = weakref.WeakSet([o]); fin = weakref.finalize(o, print, 'final', 1); print(list(wv.items()) == [('a', o)], wk[o], o in ws, len(ws), fin.alive, fin.atexit); show(wv); show(fin)
class M:
    def m(self): return 'm'
mo = M(); wm = weakref.WeakMethod(mo.m); print(wm()(), wm == weakref.WeakMethod(mo.m)); del mo; print(wm()); del o; print(w(), len(wv), len(wk), len(ws), fin.alive, fin(), 'a' in wv); attempt(lambda: weakref.ref(5)); attempt(lambda: weakref.WeakMethod(print)); attempt(lambda: weakref.WeakSet().pop()); attempt(lambda: wv['a']); pr = weakref.proxy(M()); attempt(lambda: pr.m())
