"""Tokens as a shell sees them, guessed dialects, the exception classes there are at start-up, source code pages."""
import csv
import shlex

for text in ("This string has 'double quotes' and \"single\" in it.", "a b# c\nd", "x=1; y='a b'", "~/a && b || c; d >'abc'; (def \"ghi\")", "a'", 'a\\',
             "a,b|c 1.2-3/x # z"):
    for options in ({}, {'posix': True}, {'punctuation_chars': True}, {'posix': True, 'punctuation_chars': '|'}):
        try:
            lexer = shlex.shlex(text, **options)
            print(list(lexer), lexer.lineno)
        except ValueError as error:
            print(error)
for sample in ('a,b,c\n1,2,3\n4,5,6\n', 'a;b\n1;2\n', 'name\tage\nx\t3\n', "'a','b'\n'c d','e'\n", '"x", "y"\n"1", "2"\n', 'abc', 'a|b|c\n1|2|3\n'):
    try:
        found = csv.Sniffer().sniff(sample)
        print(repr(found.delimiter), found.quotechar, found.doublequote, found.skipinitialspace, csv.Sniffer().has_header(sample))
    except csv.Error as error:
        print(error)
print(csv.field_size_limit())


def tree(cls, level=0):
    print('  ' * level + cls.__name__)
    if cls.__module__ == 'builtins':
        for child in cls.__subclasses__():
            if child.__module__ in ('builtins', 'io', 'encodings', 'zipimport', 'interpreters'):
                tree(child, level + 1)


tree(ValueError)
tree(LookupError)
tree(ImportError)
for source in ("# coding: cp1252\nx = '\x80'", "# -*- coding: koi8-r -*-\nx = '\xd0'"):
    try:
        space = {}
        exec(source.encode('latin-1'), space)
        print(space['x'])
    except SyntaxError as error:
        print(error.msg)
