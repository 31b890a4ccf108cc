import cmd, gettext, filecmp, io
class S(cmd.Cmd):
    intro='hello'
    prompt='> '
    def do_greet(self,a):
        "greet NAME"
        print('hi',a)
    def do_quit(self,a): return True
    def help_topic(self): print('topic help')
s=S(); s.onecmd('greet bob'); s.onecmd('help'); s.onecmd('help greet'); s.onecmd('? topic'); s.onecmd('nope x'); s.onecmd(''); s.onecmd('help zz')
s.cmdqueue=['greet a','quit']; s.cmdloop()
s.columnize([f'item{i}' for i in range(30)],40)
print(gettext.gettext('x'), gettext.ngettext('a','b',2), gettext.NullTranslations().gettext('q'))
try: gettext.translation('example')
except FileNotFoundError as e: print(e)
