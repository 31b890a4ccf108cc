import xml.etree.ElementTree as ET
from html.parser import HTMLParser
r=ET.fromstring('''<?xml version="1.0"?>
<!DOCTYPE d>
<data><!-- c -->
  <country name="A &amp; B"><rank>1</rank><n name="x" d="E"/><n name="y"/></country>
  <country name='Z'><rank u="1">4 &lt; 5</rank><![CDATA[<raw>]]></country>tail
</data>''')
print(r.tag, r.attrib, len(r), [c.get('name') for c in r], r[0][0].text, repr(r[1].tail), r[1][0].tail)
print([e.tag for e in r.iter()], [n.get('name') for n in r.iter('n')], r.find('country/rank').text, r.findtext('country/zz','no'), [e.get('name') for e in r.findall(".//n[@name='y']")], len(r.findall('*')), [e.text for e in r.findall('./country[2]/rank')], [e.get('name') for e in r.findall("country[rank='1']")], [e.tag for e in r.findall('.//rank/..')], r.find("country[last()]").get('name'))
print(ET.tostring(r)); print(ET.tostring(r,encoding='unicode')); print(ET.tostring(r,encoding='utf-8',xml_declaration=True)[:60])
e=ET.Element('a',x='1'); s=ET.SubElement(e,'b'); s.text='t<é"'; e.append(ET.Comment('hi')); e.set('q','"<\n'); ET.dump(e)
ET.indent(r); print(ET.tostring(r,'unicode'))
n=ET.fromstring('<a xmlns="http://x" xmlns:p="http://p"><p:b p:c="1"/></a>'); print(n.tag, n[0].tag, n[0].attrib, ET.tostring(n), n.find('p:b',{'p':'http://p'}) is not None)
for bad in ('<a>','<a></b>','','<a','<a b=1/>','<a/><b/>','<a>&foo;</a>','<a b="1" b="2"/>','text'):
    try: ET.fromstring(bad)
    except ET.ParseError as x: print(repr(bad), x, x.position)
class P(HTMLParser):
    def handle_starttag(self,t,a): print('S',t,a)
    def handle_endtag(self,t): print('E',t)
    def handle_data(self,d): print('D',repr(d))
    def handle_comment(self,d): print('C',d)
    def handle_decl(self,d): print('DECL',d)
p=P(); p.feed('<!DOCTYPE html><html><body class="a b" id=x disabled><p>Hi &amp; &lt;you&gt;<br/><!-- c --><img src="q.png" alt=\'z\'></p><script>if (a<b) x()</script>'); p.feed('<a href="u?a=1&amp;b=2">t'); p.feed('ext</a></body>'); p.close(); print(p.getpos())
