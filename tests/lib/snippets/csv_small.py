import csv, io
rows = [['a', 1, 2.5, None], ['x,y', 'q"r', 'l\nm', ''], [''], []]
for kw in ({}, {'delimiter': ';'}, {'quoting': csv.QUOTE_ALL}, {'quoting': csv.QUOTE_NONNUMERIC}, {'lineterminator': '\n'}):
    s = io.StringIO(); w = csv.writer(s, **kw); w.writerows(rows); print(repr(s.getvalue()))
print(list(csv.reader(['a,b,c', '"x,y","q""r",z', '', ' p, q', '"multi\n', 'line",2'])), list(csv.reader(['a; b'], delimiter=';', skipinitialspace=True)))
print(list(csv.DictReader(['n,v', 'a,1', 'b', 'c,2,3'])))
s = io.StringIO(newline=''); w = csv.DictWriter(s, ['n', 'v']); w.writeheader(); w.writerow({'n': 1}); print(repr(s.getvalue()), csv.list_dialects())
for f in (lambda: w.writerow({'z': 1}), lambda: csv.reader([], delimiter='ab'), lambda: csv.get_dialect('nope'), lambda: csv.writer(5)):
    try: f()
    except Exception as e: print(type(e).__name__, e)
