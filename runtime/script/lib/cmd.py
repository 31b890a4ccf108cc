"""Line-oriented command interpreters."""
import sys

__all__ = ['Cmd']
PROMPT = '(Cmd) '
IDENTCHARS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_'


class Cmd:
    """Calls do_NAME(rest of the line) for each line that begins with NAME."""
    prompt, identchars, ruler, lastcmd, intro = PROMPT, IDENTCHARS, '=', '', None
    doc_leader, doc_header, misc_header = '', 'Documented commands (type help <topic>):', 'Miscellaneous help topics:'
    undoc_header, nohelp, use_rawinput = 'Undocumented commands:', '*** No help on %s', 1

    def __init__(self, completekey='tab', stdin=None, stdout=None):
        self.stdin, self.stdout, self.cmdqueue, self.completekey = stdin or sys.stdin, stdout or sys.stdout, [], completekey

    def cmdloop(self, intro=None):
        self.preloop()
        if intro is not None:
            self.intro = intro
        if self.intro:
            self.stdout.write(f'{self.intro}\n')
        stop = None
        while not stop:
            line = self.cmdqueue.pop(0) if self.cmdqueue else self._line()
            stop = self.postcmd(self.onecmd(self.precmd(line)), line)
        self.postloop()

    def _line(self):
        if self.use_rawinput:
            try:
                return input(self.prompt)
            except EOFError:
                return 'EOF'
        self.stdout.write(self.prompt)
        self.stdout.flush()
        line = self.stdin.readline()
        return line.rstrip('\r\n') if line else 'EOF'

    def precmd(self, line):
        return line

    def postcmd(self, stop, line):
        return stop

    def preloop(self):
        pass

    def postloop(self):
        pass

    def parseline(self, line):
        line = line.strip()
        if not line:
            return None, None, line
        if line[0] == '?':
            line = 'help ' + line[1:]
        elif line[0] == '!':
            if not hasattr(self, 'do_shell'):
                return None, None, line
            line = 'shell ' + line[1:]
        n = 0
        while n < len(line) and line[n] in self.identchars:
            n += 1
        return line[:n], line[n:].strip(), line

    def onecmd(self, line):
        command, arg, line = self.parseline(line)
        if not line:
            return self.emptyline()
        if command is None:
            return self.default(line)
        self.lastcmd = '' if line == 'EOF' else line
        function = getattr(self, 'do_' + command, None) if command else None
        return self.default(line) if function is None else function(arg)

    def emptyline(self):
        return self.onecmd(self.lastcmd) if self.lastcmd else None

    def default(self, line):
        self.stdout.write(f'*** Unknown syntax: {line}\n')

    def completedefault(self, *ignored):
        return []

    def get_names(self):
        return dir(self.__class__)

    def completenames(self, text, *ignored):
        return [name[3:] for name in self.get_names() if name.startswith('do_' + text)]

    def do_help(self, arg):
        'List available commands with "help" or detailed help with "help cmd".'
        if arg:
            return self._help_on(arg)
        names = self.get_names()
        topics = {name[5:] for name in names if name.startswith('help_')}
        documented, bare = [], []
        for name in sorted(set(names)):
            if name.startswith('do_'):
                known = name[3:] in topics or getattr(self, name).__doc__
                topics.discard(name[3:])
                (documented if known else bare).append(name[3:])
        self.stdout.write(f'{self.doc_leader}\n')
        self.print_topics(self.doc_header, documented, 15, 80)
        self.print_topics(self.misc_header, sorted(topics), 15, 80)
        self.print_topics(self.undoc_header, bare, 15, 80)

    def _help_on(self, topic):
        function = getattr(self, 'help_' + topic, None)
        if function is not None:
            return function()
        from inspect import cleandoc
        method = getattr(self, 'do_' + topic, None)
        doc = cleandoc(method.__doc__ or '') if method is not None else ''
        self.stdout.write(f'{doc or self.nohelp % (topic,)}\n')

    def print_topics(self, header, cmds, cmdlen, maxcol):
        if cmds:
            self.stdout.write(f'{header}\n')
            if self.ruler:
                self.stdout.write(f'{self.ruler * len(header)}\n')
            self.columnize(cmds, maxcol - 1)
            self.stdout.write('\n')

    def columnize(self, list, displaywidth=80):
        if not list:
            self.stdout.write('<empty>\n')
            return
        for rows in range(1, len(list) + 1):
            columns = [list[i:i + rows] for i in range(0, len(list), rows)]
            widths = [max(map(len, column)) for column in columns]
            if sum(widths) + 2 * (len(widths) - 1) <= displaywidth:
                break
        for row in range(rows):
            texts = [column[row] if row < len(column) else '' for column in columns]
            while texts and not texts[-1]:
                texts.pop()
            padded = [text.ljust(width) for text, width in zip(texts, widths)]
            self.stdout.write('  '.join(padded) + '\n')
