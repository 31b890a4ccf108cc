import unittest, io, asyncio, sys, re, warnings, logging
sys.stderr = sys.stdout
class T(unittest.TestCase):
    @classmethod
    def setUpClass(cls): print('class up')
    @classmethod
    def tearDownClass(cls): print('class down')
    def setUp(self): self.addCleanup(print, 'cleanup'); print('up')
    def tearDown(self): print('down')
    def test_ok(self): "doc of ok"; self.assertEqual(1, 1)
    def test_fail(self): self.assertEqual([1, 2, 3], [1, 4, 3], 'my msg')
    def test_err(self): raise KeyError('boom')
    @unittest.skip('because')
    def test_skip(self): pass
    def test_skip2(self): self.skipTest('inside')
    @unittest.expectedFailure
    def test_xfail(self): self.fail('expected')
    @unittest.expectedFailure
    def test_xpass(self): pass
    def test_sub(self):
        for i in range(3):
            with self.subTest('m', i=i): self.assertNotEqual(i, 1)
class A(unittest.IsolatedAsyncioTestCase):
    async def asyncSetUp(self): print('async up')
    async def asyncTearDown(self): print('async down')
    async def acl(self): print('async cleanup')
    async def test_a(self): self.addAsyncCleanup(self.acl); await asyncio.sleep(0); self.assertTrue(True)
    async def test_b(self): await asyncio.sleep(0); self.assertIn(1, [2])
    def test_sync(self): print('sync')
for v in (0, 1, 2):
    s = io.StringIO()
    suite = unittest.TestSuite([unittest.defaultTestLoader.loadTestsFromTestCase(T), unittest.defaultTestLoader.loadTestsFromTestCase(A)])
    r = unittest.TextTestRunner(stream=s, verbosity=v).run(suite)
    text = re.sub(r'  File "[^"]*async_case.py".*\n(    .*\n)*', '', s.getvalue())
    print(re.sub(r'in [\d.]+s', 'in Xs', re.sub(r'line \d+', 'line N', text)), r, r.wasSuccessful(), r.testsRun)
class M(unittest.TestCase):
    maxDiff = 300
    def runTest(self): pass
m = M()
def attempt(f):
    try:
        f(); print('passed')
    except AssertionError as e: print(e)
    except Exception as e: print(type(e).__name__, e)
big = [f'item number {i}' for i in range(20)]
for f in (lambda: m.assertEqual(1, 2), lambda: m.assertEqual('a\nb\n', 'a\nc\n'), lambda: m.assertEqual('abc', 'abd'), lambda: m.assertEqual({'a': 1}, {'a': 2}), lambda: m.assertEqual({1, 2}, {2, 3}), lambda: m.assertEqual((1,), (1, 2)), lambda: m.assertEqual(big, big[:-1] + ['x']), lambda: m.assertEqual('x' * 100, 'x' * 99 + 'y'),
          lambda: m.assertNotEqual(1, 1), lambda: m.assertTrue(0, 'why'), lambda: m.assertFalse([1]), lambda: m.assertIs(1, 2), lambda: m.assertIsNot(None, None), lambda: m.assertIsNone(3), lambda: m.assertIsNotNone(None), lambda: m.assertIn(3, [1]), lambda: m.assertNotIn(1, [1]), lambda: m.assertIsInstance(1, str), lambda: m.assertNotIsInstance(1, int),
          lambda: m.assertAlmostEqual(1.0, 1.1), lambda: m.assertAlmostEqual(1, 1.00000001), lambda: m.assertAlmostEqual(1, 2, delta=0.5), lambda: m.assertNotAlmostEqual(1, 1.000000001), lambda: m.assertGreater(1, 2), lambda: m.assertLess(2, 1), lambda: m.assertGreaterEqual(1, 2), lambda: m.assertLessEqual(2, 1), lambda: m.assertRegex('abc', 'x+'), lambda: m.assertNotRegex('abc', 'b'), lambda: m.assertCountEqual([1, 2, 2], [1, 1, 2]), lambda: m.assertCountEqual([3, 1], [1, 3]),
          lambda: m.assertRaises(ValueError, int, 'x'), lambda: m.assertRaises(ValueError, int, '1'), lambda: m.assertRaises(KeyError, int, 'x'), lambda: m.assertRaisesRegex(ValueError, 'foo', int, 'x'), lambda: m.assertSequenceEqual([1], (1, 2)), lambda: m.assertListEqual([1], (1,)), lambda: m.assertDictEqual([], {}), lambda: m.assertSetEqual({1}, [1]), lambda: m.assertMultiLineEqual('a', 'b'), lambda: m.fail(), lambda: m.fail('x'), lambda: m.assertRaises(5, int), lambda: m.assertTupleEqual((1, 2), (1, 3))): attempt(f)
with m.assertRaises(ZeroDivisionError) as cm: 1 / 0
print(repr(cm.exception))
def none():
    with m.assertRaises(ValueError): pass
attempt(none)
def wr():
    with m.assertWarns(UserWarning) as w: warnings.warn('hey')
    print(w.warning)
attempt(wr); attempt(lambda: m.assertWarns(UserWarning, print, 'no'))
def lg():
    with m.assertLogs('foo', 'INFO') as c: logging.getLogger('foo').info('first'); logging.getLogger('foo.bar').error('second')
    print(c.output, len(c.records))
attempt(lg)
def lg2():
    with m.assertLogs(level='ERROR'): pass
attempt(lg2)
def lg3():
    with m.assertNoLogs(): logging.warning('x')
attempt(lg3)
print(T('test_ok'), repr(T('test_ok')), T('test_ok').id(), T('test_ok').shortDescription(), T('test_ok').countTestCases(), unittest.TestSuite([T('test_ok')]))
attempt(lambda: T('nope')); attempt(lambda: unittest.TestSuite().addTest(T)); attempt(lambda: unittest.TestSuite().addTest(5))
class Empty(unittest.TestCase): pass
s = io.StringIO(); unittest.TextTestRunner(stream=s).run(unittest.defaultTestLoader.loadTestsFromTestCase(Empty)); print(re.sub(r'in [\d.]+s', 'in Xs', s.getvalue()))
class Bad(unittest.TestCase):
    @classmethod
    def setUpClass(cls): raise ValueError('no class')
    def test_x(self): pass
s = io.StringIO(); unittest.TextTestRunner(stream=s, verbosity=2).run(unittest.defaultTestLoader.loadTestsFromTestCase(Bad)); print(re.sub(r'line \d+', 'line N', re.sub(r'in [\d.]+s', 'in Xs', s.getvalue())))
@unittest.skipIf(True, 'cls skip')
class Sk(unittest.TestCase):
    def test_1(self): pass
s = io.StringIO(); unittest.TextTestRunner(stream=s, verbosity=2).run(unittest.defaultTestLoader.loadTestsFromTestCase(Sk)); print(re.sub(r'in [\d.]+s', 'in Xs', s.getvalue()))
try: unittest.main(argv=['x', 'Sk'], exit=True, testRunner=unittest.TextTestRunner(stream=io.StringIO()))
except SystemExit as e: print('exit', e.code)
