"""Code pages, escapes and error handlers of the script itself."""
import codecs
for enc in 'cp437 cp1252 koi8_r iso8859_7 mac_roman latin2 cp1251 iso-8859-15 windows-1252'.split():
    for t in ('café', 'Ωμέγα', '€5', 'привет'):
        try: b = t.encode(enc); print(enc, b, b.decode(enc))
        except UnicodeEncodeError as e: print(enc, e)
print('a\n\té€😀\\'.encode('unicode_escape'), 'é€'.encode('raw_unicode_escape'))
for b in (b'\\x4', b'\\', b'\\N{zz}', b'\\U99999999'):
    try: b.decode('unicode_escape')
    except UnicodeDecodeError as e: print(e)
try: 'x'.encode('nope')
except LookupError as e: print(e)
try: 'é'.encode('ascii', 'nope')
except LookupError as e: print(e)
try: 'é'.encode('rot13')
except LookupError as e: print(e)
codecs.register_error('dash', lambda e: ('-' * (e.end - e.start), e.end))
print('aéèb'.encode('ascii', 'dash'), 'aé€b'.encode('cp1252', 'dash'), b'a\xffb'.decode('utf8', 'dash'), 'ЖЖ'.encode('cp1252', 'replace'), 'Ж'.encode('cp1252', 'xmlcharrefreplace'))
print('é'.encode('ascii', 'namereplace'), b'\x81a'.decode('cp1252', 'replace'))
try: b'\x81a'.decode('cp1252')
except UnicodeDecodeError as e: print(e)
