"""Command lines, the older way."""
from optparse import OptionParser, OptionGroup, make_option
import sys
sys.stderr = sys.stdout
p = OptionParser(usage='usage: %prog [options] arg1 arg2', version='%prog 1.0', description='An example of optparse in use with a long description that wraps around.', epilog='the end', prog='ex')
p.add_option('-v', '--verbose', action='store_true', dest='verbose', default=True, help='make lots of noise [default: %default]')
p.add_option('-q', '--quiet', action='store_false', dest='verbose', help='be vewwy quiet (I\'m hunting wabbits) and then some more text to wrap')
p.add_option('-f', '--filename', metavar='FILE', help='write output to FILE')
p.add_option('-m', '--mode', default='intermediate', help='interaction mode: novice, intermediate, or expert [default: %default]')
p.add_option('-n', type='int', dest='num'); p.add_option('--pt', nargs=2, type='float'); p.add_option('-a', action='append'); p.add_option('-c', action='count', default=0)
p.add_option('--choice', type='choice', choices=['a', 'b']); p.add_option('--const', action='store_const', const=5, dest='k')
def cb(option, opt, value, parser, *a): print('cb', option, opt, value, a); setattr(parser.values, 'cbv', value)
p.add_option('--cb', action='callback', callback=cb, callback_args=(1,), type='string')
g = OptionGroup(p, 'Dangerous Options', 'Caution: use these options at your own risk.'); g.add_option('-g', action='store_true', help='Group option.'); p.add_option_group(g)
p.print_help(); print(p.parse_args(['-q', '-fx', '--mode=novice', 'pos', '-n', '0x10', '--pt', '1', '2', '-a1', '-a', '2', '-ccc', '--choice', 'a', '--const', '--cb', 'z', '--', '-x']))
for bad in (['-n', 'x'], ['--zz'], ['-f'], ['--m'], ['--choice', 'q'], ['--verbose=1'], ['-Z'], ['--c'], ['--version'], ['--pt', '1']):
    try: p.parse_args(bad)
    except SystemExit as e: print('exit', e.code, bad)
try: p.add_option('-v')
except Exception as e: print(type(e).__name__, e)
print(p.get_usage(), p.has_option('-v'), p.get_option('-n'), p.defaults)
o, a = OptionParser(option_list=[make_option('-x', default='d')]).parse_args([]); print(o, a, o.x, o.ensure_value('y', 3))
