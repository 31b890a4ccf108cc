"""Mail messages, their parts, addresses and dates."""
import email, random; random.seed(1)
from email.message import EmailMessage
from email.mime.text import MIMEText
from email.mime.multipart import MIMEMultipart
from email.mime.base import MIMEBase
from email.mime.application import MIMEApplication
from email import encoders, policy
from email.utils import formataddr, parseaddr, formatdate, getaddresses, parsedate_to_datetime, format_datetime, parsedate, parsedate_tz, mktime_tz
from email.header import Header, decode_header, make_header
m = MIMEText('Hello there'); m['Subject'] = 'Test'; m['From'] = 'a@b.c'; m['To'] = 'd@e.f'; print(m.as_string()); print(m['subject'], m.get_content_type(), m.keys(), m.get_payload(), 'to' in m, len(m))
u = MIMEText('héllo', 'plain', 'utf-8'); u['Subject'] = Header('Sübject', 'utf-8'); print(u); print(u.get_payload(decode=True))
mp = MIMEMultipart('alternative', boundary='BB'); mp['Subject'] = 'Multi'; mp.attach(MIMEText('t')); mp.attach(MIMEText('<p>h</p>', 'html')); print(mp.as_string())
b = MIMEBase('application', 'octet-stream'); b.set_payload(b'\x00\x01'); encoders.encode_base64(b); b.add_header('Content-Disposition', 'attachment', filename='x.bin'); print(b); print(b.get_filename())
e = EmailMessage(); e['Subject'] = 'S'; e['From'] = 'x@y.z'; e['To'] = 'q@r.s, t@u.v'; e.set_content('Body text\nline 2'); print(e); print(e.get_content(), e.get_content_type(), e.is_multipart())
e.add_alternative('<b>x</b>', subtype='html'); e.add_attachment(b'data', maintype='application', subtype='octet-stream', filename='f.dat')
for p in e.walk(): print(p.get_content_type(), p.get_filename(), p.is_attachment())
print(e.get_body(('plain',)).get_content())
r = email.message_from_string(mp.as_string()); print(r.is_multipart(), [p.get_payload() for p in r.get_payload()], r['Subject'], r.get_boundary())
s = email.message_from_string('From: A <a@b.c>\nTo: d\nX-Long: a\n b\n\nbody\nmore\n'); print(s.items(), repr(s.get_payload()))
print(formataddr(('Jo Bloggs', 'jo@x.y')), formataddr(('Bl, J', 'j@x')), formataddr(('Zoé', 'z@x')), parseaddr('Real Name <a@b.c>'), parseaddr('"X, Y" <q@w>'), parseaddr('a@b.c'), getaddresses(['a@b, C <c@d>']), formatdate(0), formatdate(0, usegmt=True), parsedate_to_datetime('Mon, 20 Nov 1995 19:12:08 -0500'), parsedate('Mon, 20 Nov 1995 19:12:08 -0500'), mktime_tz(parsedate_tz('Mon, 20 Nov 1995 19:12:08 -0500')))
print(decode_header('=?iso-8859-1?q?p=F6stal?='), make_header(decode_header('=?iso-8859-1?q?p=F6stal?=')), decode_header('plain'), Header('héé', 'utf-8').encode())
try: e['Subject'] = 'again'
except ValueError as x: print(x)
del m['to']; m.replace_header('Subject', 'New'); m.add_header('X-A', 'v', k='1 2'); print(m.items(), m.get('nope', 5), m.get_all('x-a'), m.get_param('charset'))
