import pickle, collections, datetime, dataclasses, enum, decimal
from collections import namedtuple
P=namedtuple('P','x y')
class A:
    def __init__(self): self.x=1; self.l=[1,2]
    def __repr__(self): return f'A({self.__dict__})'
class S:
    __slots__=('a','b')
class G:
    def __init__(self,v): self.v=v
    def __getstate__(self): return {'v':self.v*2}
    def __setstate__(self,s): self.v=s['v']+1
class R:
    def __init__(self,v): self.v=v
    def __reduce__(self): return (R,(self.v,))
@dataclasses.dataclass
class D: a:int; b:str='x'
class E(enum.Enum): A=1; B=2
class Ex(Exception): pass
class L(list): pass
s=S(); s.a=1
l=[1]; l.append(l)
for o in (None,1,300,70000,-1,2**40,-2**40,2**100,1.5,True,'héllo',b'abc',bytearray(b'x'),(),(1,),(1,2,3,4),[1,'a',[]],{'a':1,'b':{2:3}},{1},frozenset({1}),A(),P(1,2),s,G(3),R(4),D(1),E.A,A,len,collections.OrderedDict(a=1),collections.Counter('aab'),collections.defaultdict(list,{1:[2]}),collections.deque([1,2],3),complex(1,2),l,L([1,2]),range(3),slice(1,2), A().__repr__, ...):
    for pr in (None,5):
        try:
            d=pickle.dumps(o,pr)
            print(len(d),d) 
            r=pickle.loads(d)
            print(type(r).__name__, r if type(r).__module__!='__main__' or isinstance(r,(A,P,D,E,L)) else getattr(r,'__dict__',None) )
        except Exception as e: print('EXC',type(o).__name__, type(e), e)
for f in (lambda:pickle.dumps(lambda:1), lambda:pickle.loads(b''), lambda:pickle.loads(b'abc'), lambda: pickle.dumps((i for i in [])), lambda:pickle.loads(pickle.dumps([1])[:-3])):
    try: f()
    except Exception as e: print(type(e), e)
import datetime, decimal, fractions, uuid, pathlib
for o in ( decimal.Decimal('1.5'), fractions.Fraction(1,3)):
    print(pickle.loads(pickle.dumps(o)), len(pickle.dumps(o)))
with open('x.pkl','wb') as f: pickle.dump([1,2],f); pickle.dump('b',f)
with open('x.pkl','rb') as f: print(pickle.load(f), pickle.load(f))
