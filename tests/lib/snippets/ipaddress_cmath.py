import ipaddress as I, cmath
for a in ('192.168.1.5','8.8.8.8','127.0.0.1','::1','2001:db8::ff00:42:8329','fe80::1','224.1.1.1','::ffff:1.2.3.4',3232235777,b'\x0a\x00\x00\x01'):
    x=I.ip_address(a) if not isinstance(a,bytes) else I.IPv4Address(a)
    print(x,repr(x),int(x),x.version,x.is_private,x.is_global,x.is_loopback,x.is_multicast,x.is_link_local,x.is_reserved,x.is_unspecified,x.packed,x.exploded,x.compressed,x.reverse_pointer,x+1,x-1,f'{x:b}',f'{x:x}',f'{x:#_n}')
for a in ('1.2.3','1.2.3.256','1.2.3.a','01.2.3.4','','1::2::3','12345::','1.2.3.4/5','abc'):
    for f in (I.ip_address,I.IPv4Address,I.IPv6Address,I.ip_network,I.IPv4Network):
        try: print(f(a))
        except ValueError as e: print(type(e),e)
n=I.ip_network('192.168.0.0/28'); print(n,repr(n),n.num_addresses,n.netmask,n.hostmask,n.broadcast_address,list(n.hosts())[:3],list(n)[-1],n[1],n[-1],n.prefixlen,n.with_netmask,n.with_hostmask,I.ip_address('192.168.0.3') in n,list(n.subnets(new_prefix=30)),n.supernet(),n.is_private)
try: I.ip_network('192.168.0.1/28')
except ValueError as e: print(e)
print(I.ip_network('192.168.0.1/28',strict=False), I.ip_network('10.0.0.0/255.0.0.0'), I.ip_interface('10.1.2.3/8'), repr(I.ip_interface('10.1.2.3/8')), I.ip_interface('10.1.2.3/8').network, I.ip_interface('10.1.2.3/8').ip)
print(list(I.summarize_address_range(I.ip_address('10.0.0.1'),I.ip_address('10.0.0.9'))), list(I.collapse_addresses([I.ip_network('10.0.0.0/25'),I.ip_network('10.0.0.128/25')])), list(n.address_exclude(I.ip_network('192.168.0.4/30'))), n.overlaps(I.ip_network('192.168.0.0/24')), n.subnet_of(I.ip_network('192.168.0.0/24')))
print(sorted([I.ip_address('10.0.0.2'),I.ip_address('10.0.0.1')]), I.ip_address('1.1.1.1')<I.ip_address('1.1.1.2'), I.ip_network('2001:db8::/120').num_addresses)
try: I.ip_address('1.1.1.1')<I.ip_address('::1')
except TypeError as e: print(e)
for z in (1+2j,-1-0.5j,0j,2,-3,1e-3+4j,0.5,-2+0j):
    for f in 'phase polar exp sqrt cosh sinh tanh cos sin tan acos acosh asinh asin atanh atan log log10 isnan isinf'.split():
        try: print(f, getattr(cmath,f)(z))
        except Exception as e: print(f,type(e),e)
print(cmath.rect(2,1),cmath.isclose(1,1+1e-10j), cmath.log(8,2), cmath.pi)
