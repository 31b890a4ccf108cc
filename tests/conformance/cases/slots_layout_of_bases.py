# Which base decides where a class with several bases keeps its members.
class S:
    __slots__=('a',)
class P: pass
class M(P,S): pass
m=M(); m.a=1; m.b=2; print(m.a,m.b,m.__dict__)
class D:
    __slots__=('x','__dict__')
class N(P,D): pass
n=N(); n.x=1; n.y=2; print(n.x,n.y,n.__dict__)
class T:
    __slots__=('z',)
for bs in ((S,T),(T,P,S)):
    try: type('Q',bs,{})
    except TypeError as e: print(e)
class S2(S): pass
class S3(S): __slots__=('k',)
class U(P,S2,S3): pass
u=U(); u.a,u.k,u.q=1,2,3; print(u.a,u.k,u.q)
class Plain2(P): pass
class V(Plain2, S3): __slots__=('w',)
v=V(); v.w=1; v.a=2; v.k=3; v.d=4; print(v.w,v.a,v.k,v.__dict__)
