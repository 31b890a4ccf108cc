import json
import configparser, array, http, io, sys
c=configparser.ConfigParser()
c.read_string('''
[DEFAULT]
home = /h
[a]
x = 1
y : %(home)s/b
  more
flag = yes
# com
[b]
z=3.5
''')
print(c.sections(), c['a']['y'], c.getint('a','x'), c['b'].getfloat('z'), c['a'].getboolean('flag'), c.get('a','no',fallback=9))
print(dict(c['a']), c, list(c), c['b']) if 0 else print(dict(c['a']), list(c), c['b'])
for f in (lambda:c.get('q','x'), lambda:c.get('a','q'), lambda:c['q'], lambda:c['a']['q'], lambda:c.set('a','k','%'), lambda:c.set('a','k',3), lambda:c.read_string('x=1'), lambda:c.read_string('[s]\nfoo\n'), lambda:c.read_string('[s]\na=1\na=2'),lambda:c.add_section('a'),lambda:(c.set('a','u','%(nope)s'),c.get('a','u'))):
    try: print(f())
    except Exception as e: print(type(e), e, e.args)
c.remove_section('s')
c.remove_option('a','u')
c['new']={'k':'v','n':'5'}
c.write(sys.stdout)
p=configparser.ConfigParser(interpolation=configparser.ExtendedInterpolation(),allow_no_value=True)
p.read_string('[x]\na=1\nb\n[y]\nc=${x:a}2')
print(p['y']['c'],p['x']['b'],'x' in p,len(p))
print(p.items('x'), [ (k,dict(v)) for k,v in p.items()])
a=array.array('i',[1,2,3]); a.append(4); print(a,a[1:],a.tobytes(),a.itemsize,len(a),sum(a))
for f in (lambda:a.append('x'),lambda:a.append(2**40),lambda:a[9],lambda:array.array('q',[1.5]),lambda:array.array('z'),lambda:array.array('b',[300]),lambda:a+[1]):
    try: f()
    except Exception as e: print(type(e).__name__, e)
print(array.array('d',[1,2.5]),array.array('f',[0.1])[0],array.array('B',b'abc'), a==array.array('l',[1,2,3,4]))
import sys
print(http.HTTPStatus.OK, repr(http.HTTPStatus.NOT_FOUND), http.HTTPStatus(404).phrase, http.HTTPStatus.OK==200, http.HTTPStatus.OK.description, http.HTTPMethod.GET, repr(http.HTTPMethod.GET),http.HTTPStatus.OK.is_success)
